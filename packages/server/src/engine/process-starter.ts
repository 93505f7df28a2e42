/** Starts a process through its driver: ports, the whole spec, and what to do when the start fails. */
import type { Clock } from '../domain/clock.ts'
import { failedToStart } from '../domain/decide.ts'
import { containerPorts } from '../domain/deployment.ts'
import { DriverError } from '../domain/driver.ts'
import type { Process, ProcessId } from '../domain/process.ts'
import type { Node } from '../domain/region.ts'
import { type SpecSources, deploymentOf, specOf } from './process-spec.ts'

/** Both answer the process as it is then. */
export interface ProcessStarter {
  /** Leases ports. Throws a temporary DriverError while there is none free. */
  schedule(process: Process, node: Node): Promise<Process>
  /** Starts it, or leases other ports when one was taken, or records why it cannot be started. Throws what is worth trying again. */
  start(process: Process, node: Node): Promise<Process>
  forget(processId: ProcessId): void
}

export interface ProcessStarterOptions extends SpecSources {
  readonly clock: Clock
  readonly startMs: number
  readonly signal: AbortSignal
}

/** Ports tried in a row before it backs off; it goes on until its time for starting is over. */
const portTriesInARow = 5

export function createProcessStarter(options: ProcessStarterOptions): ProcessStarter {
  const { store, clock } = options
  const takenPorts = new Map<ProcessId, number[]>()

  async function schedule(process: Process, node: Node): Promise<Process> {
    const deployment = await deploymentOf(store, process)
    const leased = await store.scheduleProcess(process.processId, {
      ports: containerPorts(deployment),
      range: node.driver.leasesPorts ? node.ports : null,
      host: node.publicHost,
      avoid: takenPorts.get(process.processId) ?? [],
      at: clock.now(),
    })
    if (leased !== undefined) return leased
    const none = new DriverError(`no free port on ${node.nodeId}`, { temporary: true })
    return await giveUpOrThrow(process, none)
  }

  async function start(process: Process, node: Node): Promise<Process> {
    try {
      const spec = await specOf(options, process, node)
      await node.driver.start(spec, options.signal)
      return process
    } catch (error) {
      if (!(error instanceof DriverError)) throw error
      if (error.portTaken) return await leaseOthers(process, node, error)
      return await giveUpOrThrow(process, error)
    }
  }

  async function leaseOthers(process: Process, node: Node, error: DriverError): Promise<Process> {
    const before = takenPorts.get(process.processId) ?? []
    const taken = [...before, ...process.ports.map(({ port }) => port)]
    takenPorts.set(process.processId, taken)
    const next = await schedule(process, node)
    const tries = taken.length / process.ports.length
    return tries % portTriesInARow === 0 ? await giveUpOrThrow(next, error) : next
  }

  /** A passing failure is thrown, so that the queue tries again, until the time for starting is over. */
  async function giveUpOrThrow(process: Process, error: DriverError): Promise<Process> {
    const late = clock.now() - process.createdAt >= options.startMs
    if (error.temporary && !late) throw error
    const at = clock.now()
    return await store.changeProcess(process.processId, (current) =>
      failedToStart(current, error.message, at),
    )
  }

  return { schedule, start, forget: (processId) => void takenPorts.delete(processId) }
}
