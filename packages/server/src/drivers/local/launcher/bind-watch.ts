/**
 * Watches starting runs until their default port is bound. One look at a socket table serves all of them; hints of the
 * kernel (TCP) make looking there a matter of safety only.
 */
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMember, membersOf } from '../members.ts'
import type { ProcessIdentity } from '../../linux/process-stat.ts'
import type { RunRecord } from '../run-folder.ts'
import {
  type SocketRow,
  type Transport,
  ephemeralPorts,
  socketInodes,
  tcpSockets,
  udpSockets,
} from '../../linux/sockets.ts'

export interface Unbound {
  readonly folder: string
  readonly record: RunRecord
  readonly program: ProcessIdentity
}

export interface BindWatch {
  add(run: Unbound): void
  /** A thread of this machine listens on a TCP port now. */
  hint(port: number, threadId: number): void
  delete(processId: string): void
  /** Whether hints come; without them the TCP table is looked at more often. */
  trustHints(come: boolean): void
  close(): void
}

interface Watched extends Unbound {
  readonly port: number
  readonly transport: Transport
  readonly since: number
  nextLook: number
  nextSearch: number
}

/** A run gets this long before a port it holds instead of its own is told. */
const searchAfterMs = 400
const searchEveryMs = 500

/** Where hints come, the TCP table is too dear to look at before they had a chance. */
const lookAnywayAfterMs = 250

export function createBindWatch(onChange: (processId: string) => void): BindWatch {
  const watched = new Map<string, Watched>()
  let timer: NodeJS.Timeout | undefined
  let hintsCome = false
  let looking = false

  /** Hints that came before their run's program was known. */
  const early = new Map<number, { threadId: number; at: number }>()

  /** What cannot be written (a full disk) is seen again at the next look. */
  const bound = (run: Watched, at: number): void => {
    try {
      writeFileSync(join(run.folder, 'bound'), String(at))
    } catch {
      return
    }
    watched.delete(run.record.spec.processId)
    onChange(run.record.spec.processId)
  }

  const look = async (): Promise<void> => {
    const now = Date.now()
    const due = [...watched.values()].filter((run) => run.nextLook <= now)
    const rows = await tablesFor(due, now)
    for (const run of due) {
      if (!watched.has(run.record.spec.processId)) continue
      if (holdsItsPort(run, rows)) bound(run, Date.now())
      else if (run.nextSearch <= now) search(run, rows, onChange)
      run.nextLook = Date.now() + delayOf(run, hintsCome)
    }
  }

  const schedule = (): void => {
    if (looking || watched.size === 0) return
    clearTimeout(timer)
    const next = Math.min(...[...watched.values()].map((run) => run.nextLook))
    timer = setTimeout(
      () => {
        looking = true
        void look().finally(() => {
          looking = false
          schedule()
        })
      },
      Math.max(1, next - Date.now()),
    )
  }

  return {
    add: (run) => {
      const port = run.record.spec.ports[0]
      if (port === undefined) return
      const now = Date.now()
      const transport: Transport = port.transport === 'udp' ? 'udp' : 'tcp'
      const entry = {
        ...run,
        port: port.port,
        transport,
        since: now,
        nextLook: transport === 'tcp' && hintsCome ? now + lookAnywayAfterMs : now,
        nextSearch: now + searchAfterMs,
      }
      const hinted = early.get(port.port)
      early.delete(port.port)
      watched.set(run.record.spec.processId, entry)
      if (hinted !== undefined && transport === 'tcp' && isMember(hinted.threadId, run)) {
        bound(entry, hinted.at)
      } else schedule()
    },
    hint: (port, threadId) => {
      const run = [...watched.values()].find(
        (each) => each.port === port && each.transport === 'tcp',
      )
      if (run === undefined) {
        if (early.size > 1000) early.clear()
        early.set(port, { threadId, at: Date.now() })
      } else if (isMember(threadId, run)) bound(run, Date.now())
    },
    delete: (processId) => watched.delete(processId),
    trustHints: (come) => {
      hintsCome = come
    },
    close: () => {
      watched.clear()
      clearTimeout(timer)
    },
  }
}

/** Young runs are looked at often. A UDP table costs 0.05 ms, a TCP table 5 to 10 on another thread. */
function delayOf({ transport, since }: Watched, hintsCome: boolean): number {
  const quarterAge = (Date.now() - since) / 4
  if (transport === 'udp') return Math.min(100, Math.max(1, quarterAge))
  return hintsCome ? 500 : Math.min(100, Math.max(5, quarterAge))
}

/** The tables that these runs need now: theirs, and both when a port bound instead is searched. */
async function tablesFor(due: readonly Watched[], now: number): Promise<SocketRow[]> {
  const searching = due.some((run) => run.nextSearch <= now)
  const wants = (transport: Transport) =>
    searching || due.some((run) => run.transport === transport)
  const udp = wants('udp') ? udpSockets() : []
  return wants('tcp') ? [...udp, ...(await tcpSockets())] : udp
}

function holdsItsPort(run: Watched, rows: readonly SocketRow[]): boolean {
  const candidates = rows.filter(
    (row) => row.port === run.port && row.transport === run.transport && row.state === 'listening',
  )
  if (candidates.length === 0) return false
  return membersOf(run).some((pid) => {
    const held = socketInodes(pid)
    return candidates.some((row) => held.has(row.inode))
  })
}

/** Looks for a port that the run holds instead of its own, and says so once. */
function search(
  run: Watched,
  rows: readonly SocketRow[],
  onChange: (processId: string) => void,
): void {
  const other = otherPort(run, rows)
  if (other === undefined) {
    run.nextSearch = Date.now() + searchEveryMs
    return
  }
  const instead = `${other.port}/${other.transport}`
  const line = `hatchery: bound ${instead} instead of ${run.port}/${run.transport}: read PORT\n`
  try {
    writeFileSync(join(run.folder, 'instead'), `${instead}\n`)
    // Its own number over the other transport may be a further socket of a server that is slow: only its end tells that.
    if (other.port !== run.port) appendFileSync(run.record.place.log, line)
  } catch {
    return
  }
  run.nextSearch = Number.POSITIVE_INFINITY
  onChange(run.record.spec.processId)
}

/**
 * Sockets in the range of ports that nobody chose (name look-ups, outgoing traffic) do not count, nor do its further
 * ports. The wanted transport is named first.
 */
function otherPort(run: Watched, rows: readonly SocketRow[]): SocketRow | undefined {
  const [from, to] = ephemeralPorts()
  const own = new Set(run.record.spec.ports.map(nameOf))
  const held = new Set(membersOf(run).flatMap((pid) => [...socketInodes(pid)]))
  const others = rows.filter(
    (row) =>
      row.state === 'listening' &&
      held.has(row.inode) &&
      !own.has(nameOf(row)) &&
      (row.port < from || row.port > to),
  )
  return others.find((row) => row.transport === run.transport) ?? others[0]
}

const nameOf = ({ port, transport }: { port: number; transport: string }): string =>
  `${port}/${transport === 'udp' ? 'udp' : 'tcp'}`
