/**
 * What leaves the ports of our runs, and who plays there, counted by the kernel's packet filter in a table of our own: as
 * root with nftables, else not at all. The table outlives us as games do, and goes when no game is left.
 *
 * A UDP client counts for as long as its last datagram is at most 30 s old.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import type { SpecPort } from '../../../domain/driver.ts'
import { shimEnvironment } from '../shim.ts'
import type { Traffic } from './protocol.ts'

export interface TrafficCounter {
  /** Counts the ports of a run from 0, or goes on counting those of an adopted one. */
  add(ports: readonly SpecPort[], from: 'zero' | 'where it was'): void
  delete(ports: readonly SpecPort[]): void
  /** Undefined where this machine does not count. */
  read(): Promise<Traffic | undefined>
  close(): Promise<void>
}

/** Listing 2,000 ports takes some 20 ms: whoever asks more often gets the last answer. */
const maxAgeMs = 1500

/** Changes made close together cost one program, which takes 3 to 5 ms. */
const gatherMs = 200

type Change = 'add' | 'restart' | 'delete'

export function createTraffic(installationId: string): TrafficCounter {
  const hash = createHash('sha256').update(installationId).digest('hex').slice(0, 12)
  const table = `inet hatchery_${hash}`
  const changes = new Map<string, Change>()
  const counted = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let opened: Promise<boolean> | undefined
  let last: Promise<unknown> = Promise.resolve()
  let reading: { readonly at: number; readonly traffic: Promise<Traffic | undefined> } | undefined

  /** The table is made with the first port, so that a machine without games has none. */
  const open = (): Promise<boolean> => {
    opened ??= ensureTable(table)
    return opened
  }

  const apply = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    if (changes.size === 0 || !(await open())) return
    const script = [...changes].flatMap(([port, change]) => statements(table, port, change))
    changes.clear()
    await nft(['-f', '-'], `${script.join('\n')}\n`)
  }

  const change = (ports: readonly SpecPort[], kind: Change): void => {
    for (const port of ports) {
      const name = nameOf(port)
      if (kind === 'delete') counted.delete(name)
      else counted.add(name)
      // The newest change last, as the kernel takes them in order.
      changes.delete(name)
      changes.set(name, kind)
    }
    timer ??= setTimeout(() => {
      last = last.then(apply)
    }, gatherMs)
  }

  const list = async (): Promise<Traffic | undefined> => {
    if (counted.size === 0 || !(await open())) return undefined
    const listed = await nft(['-j', 'list', 'table', ...table.split(' ')])
    return listed === undefined ? undefined : parseTraffic(listed)
  }

  return {
    add: (ports, from) => change(ports, from === 'zero' ? 'restart' : 'add'),
    delete: (ports) => change(ports, 'delete'),
    read: async () => {
      const now = performance.now()
      if (reading === undefined || now - reading.at > maxAgeMs)
        reading = { at: now, traffic: list() }
      return reading.traffic
    },
    close: async () => {
      await last
      if (counted.size === 0) {
        clearTimeout(timer)
        if (opened !== undefined) await nft(['delete', 'table', ...table.split(' ')])
      } else await apply()
    },
  }
}

const nameOf = ({ transport, port }: SpecPort): string =>
  `${transport === 'udp' ? 'udp' : 'tcp'} ${port}`

/** Adding what is there changes nothing, so "add, then delete" deletes whatever was. */
function statements(table: string, port: string, change: Change): string[] {
  const element = `{ ${port.replace(' ', ' . ')} }`
  const add = (set: string) => `add element ${table} ${set} ${element}`
  const remove = (set: string) => [add(set), `delete element ${table} ${set} ${element}`]
  if (change === 'add') return [add('ports')]
  return change === 'delete' ? remove('ports') : [...remove('egress'), add('ports')]
}

/** Whether the table is there now. One that an earlier launcher left is kept with its counts. */
async function ensureTable(table: string): Promise<boolean> {
  if (process.getuid?.() !== 0) return false
  if ((await nft(['list', 'table', ...table.split(' ')])) !== undefined) {
    return (await nft(['flush', 'set', ...table.split(' '), 'ports'])) !== undefined
  }
  return (await nft(['-f', '-'], rules(table))) !== undefined
}

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

interface NftSet {
  readonly name: string
  readonly elem?: readonly NftElement[]
}

interface NftElement {
  readonly elem?: {
    readonly val: { readonly concat: readonly (string | number)[] }
    readonly counter?: { readonly bytes: number }
  }
}

/** Reads `nft -j list table`. */
export function parseTraffic(text: string): Traffic {
  const { nftables } = JSON.parse(text) as { nftables: readonly { set?: NftSet }[] }
  const traffic = new Map<string, { egressBytes: number; clients: number }>()
  const entry = (port: string) => {
    const known = traffic.get(port) ?? { egressBytes: 0, clients: 0 }
    traffic.set(port, known)
    return known
  }
  for (const { set } of nftables) {
    for (const { elem } of set?.elem ?? []) {
      const concat = elem?.val.concat ?? []
      if (set?.name === 'egress') entry(concat.join(' ')).egressBytes = elem?.counter?.bytes ?? 0
      if (set?.name.startsWith('clients') === true) entry(`udp ${concat[0]}`).clients += 1
    }
  }
  return Object.fromEntries(traffic)
}

/** What it printed; undefined when it failed or is not there. */
function nft(args: readonly string[], input = ''): Promise<string | undefined> {
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
