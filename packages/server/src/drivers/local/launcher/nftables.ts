/** The program `nft`, and our table in the kernel's packet filter. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { tcpSockets, udpSockets } from '../../linux/sockets.ts'
import { shimEnvironment } from '../shim.ts'

/** The table of an installation, as nft takes it in arguments and scripts: `inet hatchery_…`. */
export function tableOf(installationId: string): string {
  return `inet hatchery_${createHash('sha256').update(installationId).digest('hex').slice(0, 12)}`
}

/** Makes the table, or takes over the one that an earlier launcher left, with its counts. False: not on this machine. */
export async function openTable(table: string): Promise<boolean> {
  if (process.getuid?.() !== 0) return false
  if ((await nft(['flush', 'set', ...table.split(' '), 'ports'])) !== undefined) return true
  return (await nft(['-f', '-'], rules(table))) !== undefined
}

export async function removeTable(table: string): Promise<void> {
  await nft(['delete', 'table', ...table.split(' ')])
}

/** A UDP client is remembered for 30 s after its last datagram. Each rule is one look-up, whatever the number of ports. */
const rules = (table: string): string => `table ${table} {
  set ports { type inet_proto . inet_service; }
  set egress { type inet_proto . inet_service; size 65535; flags dynamic; counter; }
  set clients4 { type inet_service . ipv4_addr . inet_service; size 65535; flags dynamic,timeout; timeout 30s; }
  set clients6 { type inet_service . ipv6_addr . inet_service; size 65535; flags dynamic,timeout; timeout 30s; }
  chain leaving {
    type filter hook output priority 0; policy accept;
    meta l4proto . th sport @ports update @egress { meta l4proto . th sport }
  }
  chain arriving {
    type filter hook input priority 0; policy accept;
    meta l4proto udp meta l4proto . th dport @ports update @clients4 { udp dport . ip saddr . udp sport }
    meta l4proto udp meta l4proto . th dport @ports update @clients6 { udp dport . ip6 saddr . udp sport }
  }
}
`

/** What the table counts now; undefined when it is not there. */
export async function listTable(table: string): Promise<TableCounts | undefined> {
  const text = await nft(['-j', 'list', 'table', ...table.split(' ')])
  return text === undefined ? undefined : parseTable(text)
}

/** By port, as `udp 20000`. */
export interface TableCounts {
  /** Only these are counted. */
  readonly ports: ReadonlySet<string>
  readonly egressBytes: ReadonlyMap<string, number>
  readonly clients: ReadonlyMap<string, number>
}

interface NftSet {
  readonly name: string
  readonly elem?: readonly NftElement[]
}

/** A bare key, or one with what belongs to it. */
type NftElement =
  | { readonly concat: readonly (string | number)[] }
  | {
      readonly elem: {
        readonly val: { readonly concat: readonly (string | number)[] }
        readonly counter?: { readonly bytes: number }
      }
    }

/** Reads what `nft -j list table` prints. */
export function parseTable(text: string): TableCounts {
  const { nftables } = JSON.parse(text) as { nftables: readonly { set?: NftSet }[] }
  const ports = new Set<string>()
  const egressBytes = new Map<string, number>()
  const clients = new Map<string, number>()
  for (const { set } of nftables) {
    for (const element of set?.elem ?? []) {
      const key = 'elem' in element ? element.elem.val.concat : element.concat
      const bytes = 'elem' in element ? element.elem.counter?.bytes : undefined
      if (set?.name === 'ports') ports.add(key.join(' '))
      else if (set?.name === 'egress') egressBytes.set(key.join(' '), bytes ?? 0)
      else clients.set(`udp ${key[0]}`, (clients.get(`udp ${key[0]}`) ?? 0) + 1)
    }
  }
  return { ports, egressBytes, clients }
}

/**
 * Removes tables of other installations whose games are all gone: a killed server that never came back left them. One
 * that is needed after all is made again by its launcher.
 */
export async function sweepTables(own: string): Promise<void> {
  const listed = await nft(['list', 'tables'])
  const others = [...(listed ?? '').matchAll(/^table (inet hatchery_\w+)$/gm)]
    .map(([, table = '']) => table)
    .filter((table) => table !== own)
  if (others.length === 0) return
  const rows = [...udpSockets(), ...(await tcpSockets())]
  const held = new Set(rows.map(({ transport, port }) => `${transport} ${port}`))
  for (const table of others) {
    const counts = await listTable(table)
    if (counts !== undefined && counts.ports.isDisjointFrom(held)) await removeTable(table)
  }
}

/** What it printed; undefined when it failed or is not there. */
export function nft(args: readonly string[], input = ''): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn('nft', args, { env: shimEnvironment, stdio: ['pipe', 'pipe', 'ignore'] })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk
    })
    child.once('error', () => resolve(undefined))
    child.once('close', (code) => resolve(code === 0 ? printed : undefined))
    child.stdin.on('error', () => {}).end(input)
  })
}
