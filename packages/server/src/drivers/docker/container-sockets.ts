/**
 * The sockets inside of a container's network. On this machine the kernel's tables are read; on another one a program
 * of the image reads them, where it has `cat`. Never by connecting: docker-proxy accepts before the game is there, and
 * the game would see a stray connection.
 */
import {
  type SocketRow,
  type Transport,
  parseTable,
  socketInodes,
  tcpSockets,
  udpSockets,
} from '../linux/sockets.ts'
import { type LiveContainer, isHere, pidsIn } from './container-place.ts'
import type { NetworkMode } from './container-spec.ts'
import type { EngineClient } from './engine-client.ts'
import { outputOf } from './exec.ts'

/** At least those of one transport; undefined where they cannot be seen. A TCP table is dear: `both` only when needed. */
export type SocketsOf = (
  container: LiveContainer,
  wanted: Transport | 'both',
) => Promise<SocketRow[] | undefined>

export function createSocketsOf(engine: EngineClient, network: NetworkMode): SocketsOf {
  let isOurMachine = false
  return async (container, wanted) => {
    const here = isHere(container)
    isOurMachine ||= here
    if (!here) return isOurMachine ? [] : await socketsThere(engine, container, network)
    const udp = wanted === 'tcp' ? [] : udpSockets(container.pid)
    const tcp = wanted === 'udp' ? [] : await tcpSockets(container.pid)
    const rows = [...udp, ...tcp]
    // Another pid may have it by now.
    if (!isHere(container)) return []
    return network === 'bridge' ? rows : heldBy(pidsIn(container), rows)
  }
}

/** Of a network shared with others only what the container holds; all where we may not look into its processes. */
function heldBy(pids: readonly number[] | undefined, rows: SocketRow[]): SocketRow[] {
  if (pids === undefined) return rows
  const held = new Set(pids.flatMap((pid) => [...socketInodes(pid)]))
  return held.size === 0 && process.getuid?.() !== 0
    ? rows
    : rows.filter((row) => held.has(row.inode))
}

const tables = ['udp', 'udp6', 'tcp', 'tcp6'] as const

/** On the host's network the tables of another machine name sockets of all its programs. */
async function socketsThere(
  engine: EngineClient,
  { containerId }: LiveContainer,
  network: NetworkMode,
): Promise<SocketRow[] | undefined> {
  if (network === 'host') return undefined
  const command = ['cat', ...tables.map((name) => `/proc/net/${name}`)]
  const text = await outputOf(engine, containerId, command)
  return text === undefined ? undefined : rowsOf(text)
}

/** Each table begins with a line of titles. */
export function rowsOf(text: string): SocketRow[] {
  const parts = text.split(/^(?= *sl )/m)
  return parts.flatMap((part, index) => parseTable(part, index < 2 ? 'udp' : 'tcp'))
}
