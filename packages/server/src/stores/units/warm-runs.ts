/**
 * Runs that wait for a process to take them. From the commit that plans one its node's capacity and ports are counted as
 * for a process; a process that takes it takes these with it.
 */
import type { Instant } from '../../domain/clock.ts'
import type { NodeOffer, Place } from '../../domain/placement.ts'
import { type Process, type ProcessId, scheduled } from '../../domain/process.ts'
import type { ProcessRequest } from '../../domain/store.ts'
import type { WarmOrder } from '../../domain/warm-run-store.ts'
import type { WarmRun } from '../../domain/warm-runs.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { countOnNode, freeLoad, freeOn, takeLoad } from './node-loads.ts'
import { freePorts, leaseOf, planPorts, takePorts } from './port-leases.ts'
import { findProcessById } from './process-queries.ts'
import { newRecord } from './processes.ts'

/** Undefined, and nothing written, where no node has room for it. */
export function* planWarmRun({ request, place, avoid }: WarmOrder): Unit<WarmRun | undefined> {
  for (const offer of place.offers) {
    const { ports: _, idempotencyKey: __, ...given } = request
    const record = newRecord({ ...given, region: place.region, nodeId: offer.nodeId })
    if (!(yield* takeLoad(offer, record))) continue
    const process = yield* withPorts(offer, record, { request, avoid })
    if (process === undefined) {
      yield* freeLoad(record)
      continue
    }
    yield* countOnNode(offer.nodeId, -1)
    yield sql`
      insert into warm_runs (process_id, deployment_id, region, node_id, is_ready, record)
      values (${process.processId}, ${process.deploymentId}, ${process.region}, ${offer.nodeId}, 0,
        ${JSON.stringify(process)})`
    return { process, isReady: false }
  }
  return undefined
}

function* withPorts(
  { nodeId, range, host }: NodeOffer,
  record: Process,
  { request: { ports }, avoid }: Pick<WarmOrder, 'request' | 'avoid'>,
): Unit<Process | undefined> {
  const at = record.createdAt
  if (range === null) {
    const leased = ports.map((port) => leaseOf(port, port.port, host))
    return scheduled(record, leased, at)
  }
  const plan = yield* planPorts(nodeId, { ports, range, host, avoid, at })
  if (plan === undefined) return undefined
  yield* takePorts(record.processId, plan, at)
  return scheduled(record, plan.ports, at)
}

/** One of the deployment that is ready, on a node that is offered and takes new processes; it is gone from here then. */
export function* takeWarmRun(
  { deploymentId }: Pick<ProcessRequest, 'deploymentId'>,
  { region, offers }: Place,
): Unit<Process | undefined> {
  const ready = yield* rows<WarmRow>(sql`
    select * from warm_runs
    where deployment_id = ${deploymentId} and region = ${region} and is_ready = 1 order by seq`)
  for (const row of ready) {
    const offer = offers.find(({ nodeId }) => nodeId === row.node_id)
    if (offer === undefined || (yield* freeOn(offer)) === undefined) continue
    yield* forget(row.process_id)
    yield* countOnNode(row.node_id, 1)
    return runOf(row).process
  }
  return undefined
}

/** Whether the next process may take it, from now on. False where it is not there any more: a process took it. */
export const offerWarmRun = (processId: ProcessId): Unit<boolean> => setReady(processId, 1)

export const withdrawWarmRun = (processId: ProcessId): Unit<boolean> => setReady(processId, 0)

function* setReady(processId: ProcessId, isReady: 0 | 1): Unit<boolean> {
  const changed = yield sql`
    update warm_runs set is_ready = ${isReady} where process_id = ${processId} returning seq`
  return changed.length === 1
}

/** Gives back what was counted for it; nothing where it is not there any more. */
export function* removeWarmRun(processId: ProcessId, at: Instant): Unit<void> {
  const [row] = yield* rows<WarmRow>(sql`select * from warm_runs where process_id = ${processId}`)
  if (row === undefined) return
  const { process } = runOf(row)
  yield* forget(processId)
  yield* countOnNode(process.nodeId, 1)
  yield* freeLoad(process)
  // One whose process was found running without a record leaves that one its ports.
  if ((yield* findProcessById(processId)) !== undefined) return
  yield* freePorts(process, process.ports, at)
}

/** In the order in which they were planned. */
export function* listWarmRuns(): Unit<WarmRun[]> {
  return (yield* rows<WarmRow>(sql`select * from warm_runs order by seq`)).map(runOf)
}

type WarmRow = {
  readonly process_id: string
  readonly node_id: string
  readonly is_ready: number
  readonly record: string
}

function* forget(processId: ProcessId): Unit<void> {
  yield sql`delete from warm_runs where process_id = ${processId}`
}

/** Written by us. */
const runOf = ({ record, is_ready: isReady }: WarmRow): WarmRun => ({
  process: JSON.parse(record) as Process,
  isReady: isReady === 1,
})
