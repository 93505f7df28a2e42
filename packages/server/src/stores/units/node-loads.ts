/** What the unfinished processes of each node requested in all, kept in the commit of each change. */
import type { Instant } from '../../domain/clock.ts'
import type { NodeOffer } from '../../domain/placement.ts'
import { type Requested, coresOf, cpuUnits } from '../../domain/requested.ts'
import type { NodeLoad } from '../../domain/store.ts'
import { type Unit, rows, sql } from '../statements.ts'

/** Kilobytes. */
const memoryUnits = (megabytes: number): number => Math.round(megabytes * 1024)

/** More than any machine has. */
const unlimited = Number.MAX_SAFE_INTEGER

/** Counts a process on a node where it has room and takes new ones; false, and nothing counted, where not. */
export function* takeLoad({ nodeId, capacity }: NodeOffer, requested: Requested): Unit<boolean> {
  const cpu = cpuUnits(requested.cpu)
  const memory = memoryUnits(requested.memoryMb)
  const mostCpu = capacity.cpu === null ? unlimited : cpuUnits(capacity.cpu)
  const mostMemory = capacity.memoryMb === null ? unlimited : memoryUnits(capacity.memoryMb)
  if (cpu > mostCpu || memory > mostMemory) return false
  const taken = yield sql`
    insert into node_loads (node_id, cpu, memory, processes, is_draining)
    values (${nodeId}, ${cpu}, ${memory}, 1, 0)
    on conflict (node_id) do update set cpu = node_loads.cpu + excluded.cpu,
      memory = node_loads.memory + excluded.memory, processes = node_loads.processes + 1
      where node_loads.is_draining = 0 and node_loads.cpu + excluded.cpu <= ${mostCpu}
        and node_loads.memory + excluded.memory <= ${mostMemory}
    returning node_id`
  return taken.length === 1
}

/** Counts a process that is there already, whatever the capacity. */
export function* addLoad(process: Requested & { readonly nodeId: string }): Unit<void> {
  yield sql`
    insert into node_loads (node_id, cpu, memory, processes, is_draining)
    values (${process.nodeId}, ${cpuUnits(process.cpu)}, ${memoryUnits(process.memoryMb)}, 1, 0)
    on conflict (node_id) do update set cpu = node_loads.cpu + excluded.cpu,
      memory = node_loads.memory + excluded.memory, processes = node_loads.processes + 1`
}

export function* freeLoad(process: Requested & { readonly nodeId: string }): Unit<void> {
  yield sql`
    update node_loads set cpu = cpu - ${cpuUnits(process.cpu)},
      memory = memory - ${memoryUnits(process.memoryMb)}, processes = processes - 1
    where node_id = ${process.nodeId}`
}

/** What is counted there may be no process yet, or be one from now on. */
export function* countOnNode(nodeId: string, change: 1 | -1): Unit<void> {
  yield sql`update node_loads set processes = processes + ${change} where node_id = ${nodeId}`
}

type LoadRow = {
  node_id: string
  cpu: number
  memory: number
  processes: number
  is_draining: number
  known_at: number | null
}

const loadOf = (row: LoadRow): NodeLoad => ({
  nodeId: row.node_id,
  cpu: coresOf(row.cpu),
  memoryMb: row.memory / 1024,
  processes: row.processes,
  isDraining: row.is_draining === 1,
  knownAt: row.known_at,
})

export function* listNodeLoads(): Unit<NodeLoad[]> {
  return (yield* rows<LoadRow>(sql`select * from node_loads order by node_id`)).map(loadOf)
}

export function* noteNodes(nodeIds: readonly string[], at: Instant): Unit<void> {
  for (const nodeId of nodeIds) {
    yield sql`
      insert into node_loads (node_id, cpu, memory, processes, is_draining, known_at)
      values (${nodeId}, 0, 0, 0, 0, ${at})
      on conflict (node_id) do update set known_at = excluded.known_at
        where node_loads.known_at is null`
  }
}

export function* setNodeDraining(nodeId: string, isDraining: boolean): Unit<void> {
  yield sql`
    insert into node_loads (node_id, cpu, memory, processes, is_draining)
    values (${nodeId}, 0, 0, 0, ${Number(isDraining)})
    on conflict (node_id) do update set is_draining = excluded.is_draining`
}

/** What a node has free, `Infinity` where it is not limited; undefined where it takes nothing new. */
export function* freeOn({
  nodeId,
  capacity,
}: NodeOffer): Unit<Pick<NodeLoad, 'cpu' | 'memoryMb'> | undefined> {
  const [row] = yield* rows<LoadRow>(sql`select * from node_loads where node_id = ${nodeId}`)
  const load = row && loadOf(row)
  if (load?.isDraining) return undefined
  return {
    cpu: (capacity.cpu ?? Infinity) - (load?.cpu ?? 0),
    memoryMb: (capacity.memoryMb ?? Infinity) - (load?.memoryMb ?? 0),
  }
}
