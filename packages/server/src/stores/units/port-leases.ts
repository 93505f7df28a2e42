/**
 * Ports of a node: one number for TCP and UDP, leased from scheduling until the process is final. Numbers
 * of the range that were never used come first, then the one that is free for the longest, so that a number
 * rests as long as can be. `node_ports` counts what is leased, and its row is the node's lock.
 */
import { HatcheryError } from '@hatchery/contract'
import type { Instant } from '../../domain/clock.ts'
import type { ContainerPort } from '../../domain/deployment.ts'
import type { LeasedPort, Process } from '../../domain/process.ts'
import type { PortRange } from '../../domain/region.ts'
import type { ScheduleDemand } from '../../domain/store.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { type Choices, type NodePorts, choosePort, startChoices } from './port-choice.ts'

/** Numbers that were chosen and are not leased yet. */
export interface PortPlan {
  readonly ports: LeasedPort[]
  readonly choices: Choices
}

/** Chooses a number for each of `ports`; undefined when there is none free. Takes the node's lock, writes no lease. */
export function* planPorts(
  nodeId: string,
  { ports, range, host, avoid }: ScheduleDemand & { range: PortRange },
): Unit<PortPlan | undefined> {
  const choices = startChoices(yield* lockNode(nodeId, range), avoid)
  const planned: LeasedPort[] = []
  for (const wanted of ports) {
    const port = yield* choosePort(choices, wanted.port)
    if (port === undefined) return undefined
    planned.push(leaseOf(wanted, port, host))
  }
  return { ports: planned, choices }
}

/** Why there is none, with the figures of the node. */
export function* noFreePort(nodeId: string): Unit<HatcheryError> {
  const [node] = yield* rows<NodePorts>(sql`select * from node_ports where node_id = ${nodeId}`)
  const figures =
    node === undefined ? '' : `: ${node.leased} of ${node.high - node.low + 1} are in use`
  return new HatcheryError(
    'no-capacity',
    `no free port on node ${nodeId}${figures}; stop processes or widen ports`,
    { retryAfterSeconds: 10 },
  )
}

export function* takePorts(processId: string, plan: PortPlan, at: Instant): Unit<void> {
  const { node, passed, fresh } = plan.choices
  for (const { port } of plan.ports) yield* lease(node.node_id, port, processId)
  for (const port of passed) yield* markUsed(node.node_id, port, at)
  const inRange = plan.ports.filter(({ port }) => isWithin(node, port)).length
  yield sql`
    update node_ports set fresh = ${fresh}, leased = leased + ${inRange}
    where node_id = ${node.node_id}`
}

export const leaseOf = (wanted: ContainerPort, port: number, host: string): LeasedPort => ({
  name: wanted.name,
  transport: wanted.transportType,
  containerPort: wanted.port,
  host,
  port,
})

/** Leases what is free of the ports that a found run has already. A number that another one holds stays with that one. */
export function* leaseFound({ processId, nodeId, ports }: Omit<Process, 'seq'>): Unit<void> {
  yield sql`
    insert into node_ports (node_id, low, high, fresh, leased)
    values (${nodeId}, 0, -1, 0, 0) on conflict (node_id) do nothing`
  const [node] = yield* rows<NodePorts>(sql`select * from node_ports where node_id = ${nodeId}`)
  let inRange = 0
  for (const { port } of ports) {
    const got = yield* tryLease(nodeId, port, processId)
    if (got && node !== undefined && isWithin(node, port)) inRange += 1
  }
  yield sql`update node_ports set leased = leased + ${inRange} where node_id = ${nodeId}`
}

/** Gives back what the process holds of `ports`. A number outside of the node's range is forgotten. */
export function* freePorts(
  { processId, nodeId }: Process,
  ports: readonly LeasedPort[],
  at: Instant,
): Unit<void> {
  const [node] = yield* rows<NodePorts>(sql`select * from node_ports where node_id = ${nodeId}`)
  if (node === undefined) return
  let back = 0
  for (const { port } of ports) {
    const where = { nodeId, port, processId }
    if (isWithin(node, port)) back += (yield freed(where, at)).length
    else yield forgotten(where)
  }
  if (back > 0) yield sql`update node_ports set leased = leased - ${back} where node_id = ${nodeId}`
}

interface Lease {
  readonly nodeId: string
  readonly port: number
  readonly processId: string
}

const freed = ({ nodeId, port, processId }: Lease, at: Instant) => sql`
  update port_leases set process_id = null, freed_at = ${at}
  where node_id = ${nodeId} and port = ${port} and process_id = ${processId} returning port`

const forgotten = ({ nodeId, port, processId }: Lease) => sql`
  delete from port_leases where node_id = ${nodeId} and port = ${port} and process_id = ${processId}`

function* lease(nodeId: string, port: number, processId: string): Unit<void> {
  if (yield* tryLease(nodeId, port, processId)) return
  throw new Error(`port ${port} of node ${nodeId} was chosen and is leased`)
}

/** False where another process holds it. */
function* tryLease(nodeId: string, port: number, processId: string): Unit<boolean> {
  const got = yield sql`
    insert into port_leases (node_id, port, process_id) values (${nodeId}, ${port}, ${processId})
    on conflict (node_id, port) do update set process_id = excluded.process_id, freed_at = null
      where port_leases.process_id is null
    returning port`
  return got.length === 1
}

/** A fresh number that was to be avoided: it takes its place behind the free ones. */
function* markUsed(nodeId: string, port: number, at: Instant): Unit<void> {
  yield sql`
    insert into port_leases (node_id, port, freed_at) values (${nodeId}, ${port}, ${at})
    on conflict (node_id, port) do nothing`
}

const isWithin = ({ low, high }: NodePorts, port: number): boolean => port >= low && port <= high

/** The node's row, locked by writing it, with the range as it is now. */
function* lockNode(nodeId: string, range: PortRange): Unit<NodePorts> {
  const [node] = yield* rows<NodePorts>(
    sql`update node_ports set fresh = fresh where node_id = ${nodeId} returning *`,
  )
  if (node?.low === range.from && node.high === range.to) return node
  return yield* fitRange(nodeId, range)
}

/** A node's first use, or its range was changed in the settings: counted once. Free numbers outside are forgotten. */
function* fitRange(nodeId: string, { from, to }: PortRange): Unit<NodePorts> {
  yield sql`
    delete from port_leases
    where node_id = ${nodeId} and process_id is null and (port < ${from} or port > ${to})`
  const [node] = yield* rows<NodePorts>(sql`
    insert into node_ports (node_id, low, high, fresh, leased)
    select ${nodeId}, ${from}, ${to}, ${from}, count(*) from port_leases
    where node_id = ${nodeId} and process_id is not null and port between ${from} and ${to}
    on conflict (node_id) do update
      set low = excluded.low, high = excluded.high, fresh = excluded.fresh, leased = excluded.leased
    returning *`)
  if (node === undefined) throw new Error(`node ${nodeId} has no row of ports`)
  return node
}
