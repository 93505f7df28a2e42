/** Which number a port gets. Only reads: what was chosen is leased once there is one for each port. */
import { type Unit, rows, sql } from '../statements.ts'

export type NodePorts = {
  node_id: string
  low: number
  high: number
  fresh: number
  leased: number
}

/** Numbers chosen one after another for one process. */
export interface Choices {
  readonly node: NodePorts
  readonly avoid: ReadonlySet<number>
  readonly chosen: Set<number>
  /** Fresh numbers that were to be avoided. */
  readonly passed: Set<number>
  /** From here on numbers of the range may never have been used. */
  fresh: number
}

export const startChoices = (node: NodePorts, avoid: readonly number[]): Choices => ({
  node,
  avoid: new Set(avoid),
  chosen: new Set(),
  passed: new Set(),
  fresh: node.fresh,
})

/** The preferred number where a process without rights may bind it and it is free; else one of the range. */
export function* choosePort(choices: Choices, preferred: number): Unit<number | undefined> {
  const port = (yield* isUsable(choices, preferred))
    ? preferred
    : ((yield* firstFresh(choices)) ?? (yield* longestFree(choices)))
  if (port !== undefined) choices.chosen.add(port)
  return port
}

const lowestUnprivileged = 1024

function* isUsable({ node, avoid, chosen }: Choices, port: number): Unit<boolean> {
  if (port < lowestUnprivileged || avoid.has(port) || chosen.has(port)) return false
  const leased = yield sql`
    select port from port_leases
    where node_id = ${node.node_id} and port = ${port} and process_id is not null`
  return leased.length === 0
}

const windowSize = 64

/** The lowest number of the range that was never used. */
function* firstFresh(choices: Choices): Unit<number | undefined> {
  const { node, chosen, avoid, passed } = choices
  while (choices.fresh <= node.high) {
    const end = Math.min(choices.fresh + windowSize, node.high + 1)
    const used = yield* usedNumbers(node.node_id, choices.fresh, end)
    while (choices.fresh < end) {
      const port = choices.fresh++
      if (used.has(port) || chosen.has(port)) continue
      if (!avoid.has(port)) return port
      passed.add(port)
    }
  }
  return undefined
}

function* usedNumbers(nodeId: string, from: number, end: number): Unit<Set<number>> {
  const used = yield* rows<{ port: number }>(sql`
    select port from port_leases where node_id = ${nodeId} and port >= ${from} and port < ${end}`)
  return new Set(used.map(({ port }) => port))
}

/** Of the numbers that are free again; at most as many are looked at as may be unusable, and one. */
function* longestFree({ node, avoid, chosen }: Choices): Unit<number | undefined> {
  const free = yield* rows<{ port: number }>(sql`
    select port from port_leases where node_id = ${node.node_id} and process_id is null
    order by freed_at, port limit ${avoid.size + chosen.size + 1}`)
  return free.find(({ port }) => !avoid.has(port) && !chosen.has(port))?.port
}
