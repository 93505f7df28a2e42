/** The kernel's socket tables, and whose socket is whose. Never by connecting: that would be a stray connection to the game. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

export type Transport = 'tcp' | 'udp'

export interface SocketRow {
  readonly transport: Transport
  readonly port: number
  readonly state: 'listening' | 'established' | 'other'
  /** Names the socket in /proc/PID/fd; 0 when no program holds it any more. */
  readonly inode: number
}

/** Whose network's tables: of a process by its pid, of ourselves by `self`. */
export type NetworkOf = number | 'self'

/** All UDP sockets. 0.05 ms, so it is read in place. Empty when the process is gone. */
export const udpSockets = (of: NetworkOf = 'self'): SocketRow[] =>
  ['udp', 'udp6'].flatMap((name) => parseTable(readOrEmpty(`/proc/${of}/net/${name}`), 'udp'))

/** All TCP sockets. 5 to 10 ms whatever is in it, so it is read on another thread. Empty when the process is gone. */
export async function tcpSockets(of: NetworkOf = 'self'): Promise<SocketRow[]> {
  const texts = await Promise.all(tcpTables(of).map(readLater))
  return texts.flatMap((text) => parseTable(text, 'tcp'))
}

/** How many TCP connections are established on each local port. Read on another thread, and without making rows of it. */
export async function establishedByPort(of: NetworkOf = 'self'): Promise<Map<number, number>> {
  const counts = new Map<number, number>()
  for (const table of tcpTables(of)) countEstablished(await readLater(table), counts)
  return counts
}

const tcpTables = (of: NetworkOf): string[] =>
  ['tcp', 'tcp6'].map((name) => `/proc/${of}/net/${name}`)

/** Lines are `sl: LOCAL:PORT REMOTE:PORT ST …`; state 01 is established. */
export function countEstablished(text: string, counts: Map<number, number>): void {
  for (let start = text.indexOf('\n') + 1; start > 0; start = text.indexOf('\n', start) + 1) {
    const local = text.indexOf(': ', start) + 2
    const colon = text.indexOf(':', local)
    const state = text.indexOf(' ', colon + 6) + 1
    if (local < 2 || text.slice(state, state + 2) !== '01') continue
    const port = Number.parseInt(text.slice(colon + 1, colon + 5), 16)
    counts.set(port, (counts.get(port) ?? 0) + 1)
  }
}

/** The rows of one table, as the kernel prints it: `sl local_address rem_address st … inode`. */
export function parseTable(text: string, transport: Transport): SocketRow[] {
  const rows: SocketRow[] = []
  for (const line of text.split('\n').slice(1)) {
    const fields = line.trim().split(/ +/)
    const [, local, , state] = fields
    if (local === undefined || state === undefined) continue
    rows.push({
      transport,
      port: Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16),
      state: stateOf(state, transport),
      inode: Number(fields[9]),
    })
  }
  return rows
}

/** A UDP socket that is bound and not connected counts as listening; the table has no better word for it than 07. */
function stateOf(code: string, transport: Transport): SocketRow['state'] {
  if (code === (transport === 'udp' ? '07' : '0A')) return 'listening'
  return code === '01' ? 'established' : 'other'
}

/** Inodes of the sockets that a process holds; empty when it is gone or closed to us. */
export function socketInodes(pid: number): Set<number> {
  const inodes = new Set<number>()
  for (const name of namesOrNone(`/proc/${pid}/fd`)) {
    const target = linkOrEmpty(`/proc/${pid}/fd/${name}`)
    if (target.startsWith('socket:[')) inodes.add(Number(target.slice(8, -1)))
  }
  return inodes
}

/** The range from which the kernel gives ports to sockets that did not choose: [32768, 60999] by default. */
export function ephemeralPorts(): readonly [from: number, to: number] {
  const [from = 32_768, to = 60_999] = readOrEmpty('/proc/sys/net/ipv4/ip_local_port_range')
    .trim()
    .split(/\s+/)
    .map(Number)
  return [from, to]
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

async function readLater(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1')
  } catch {
    return ''
  }
}

function namesOrNone(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function linkOrEmpty(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
