/**
 * What leaves the ports of our runs, and who plays there, counted by the kernel's packet filter in a table of our own: as
 * root with nftables, else not at all. The table outlives us as games do, and goes when no game is left.
 */
import type { SpecPort } from '../../../domain/driver.ts'
import {
  type TableCounts,
  listTable,
  nft,
  openTable,
  removeTable,
  sweepTables,
  tableOf,
} from './nftables.ts'
import type { Traffic } from './protocol.ts'

export interface TrafficCounter {
  /** Counts the ports of a run from 0, or goes on counting those of an adopted one. */
  add(ports: readonly SpecPort[], from: 'zero' | 'where it was'): void
  delete(ports: readonly SpecPort[]): void
  /** Only what is counted for certain. Undefined where this machine does not count. */
  read(): Promise<Traffic | undefined>
  close(): Promise<void>
}

/** Listing 2,000 ports takes some 20 ms: whoever asks more often gets the last answer. */
const maxAgeMs = 1500

/** Changes made close together cost one program, which takes 3 to 5 ms. */
const gatherMs = 200

type Change = 'add' | 'restart' | 'delete'

export function createTraffic(installationId: string): TrafficCounter {
  const table = tableOf(installationId)
  const changes = new Map<string, Change>()
  const counted = new Map<string, Egress>()
  let timer: NodeJS.Timeout | undefined
  let opened: Promise<boolean> | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let reading: { readonly at: number; readonly traffic: Promise<Traffic | undefined> } | undefined

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work)
    queue = done.catch(() => undefined)
    return done
  }

  /** The table is made with the first port, so that a machine without games has none. */
  const open = (): Promise<boolean> => {
    opened ??= openTable(table).then((isOpen) => {
      if (isOpen) void sweepTables(table)
      return isOpen
    })
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

  const change = (name: string, kind: Change): void => {
    // The newest change last, as the kernel takes them in order.
    changes.delete(name)
    changes.set(name, kind)
    timer ??= setTimeout(() => void inTurn(apply), gatherMs)
  }

  /** Somebody may have flushed the packet filter: then it is unknown this time, and counted again from now on. */
  const list = async (): Promise<Traffic | undefined> => {
    await apply()
    if (counted.size === 0 || !(await open())) return undefined
    const counts = await listTable(table)
    if (counts !== undefined) return trafficOf(counts, counted)
    opened = undefined
    for (const name of counted.keys()) change(name, 'add')
    return undefined
  }

  return {
    add: (ports, from) => {
      for (const name of ports.map(nameOf)) {
        counted.set(name, { before: 0, last: 0 })
        change(name, from === 'zero' ? 'restart' : 'add')
      }
    },
    delete: (ports) => {
      for (const name of ports.map(nameOf)) {
        counted.delete(name)
        change(name, 'delete')
      }
    },
    read: () => {
      const now = performance.now()
      if (reading === undefined || now - reading.at > maxAgeMs) {
        reading = { at: now, traffic: inTurn(list) }
      }
      return reading.traffic
    },
    close: () =>
      inTurn(async () => {
        if (counted.size > 0) return apply()
        clearTimeout(timer)
        if (opened !== undefined) await removeTable(table)
      }),
  }
}

/** What a port sent: `before` its counter was last made anew, and by the counter. */
interface Egress {
  before: number
  last: number
}

function trafficOf(counts: TableCounts, counted: ReadonlyMap<string, Egress>): Traffic {
  const traffic: Record<string, Traffic[string]> = {}
  for (const [name, egress] of counted) {
    if (!counts.ports.has(name)) continue
    const bytes = counts.egressBytes.get(name) ?? 0
    if (bytes < egress.last) egress.before += egress.last
    egress.last = bytes
    traffic[name] = { egressBytes: egress.before + bytes, clients: counts.clients.get(name) ?? 0 }
  }
  return traffic
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
