/**
 * What containers use. On this machine from the kernel's files (the engine's own statistics take a second or two),
 * elsewhere from the engine.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Activity, Usage, UsageSource } from '../../domain/driver.ts'
import type { ProcessId } from '../../domain/process.ts'
import { type Meter, closeMeter, openMeter, readMeter } from '../linux/meter.ts'
import { statOf } from '../linux/process-stat.ts'
import { establishedByPort } from '../linux/sockets.ts'
import { cgroupsOf, isHere } from './container-place.ts'
import type { NetworkMode } from './container-spec.ts'
import type { EngineClient } from './engine-client.ts'
import { engineStats } from './engine-stats.ts'
import { datagramsOf, egressBytesOf } from './network-counters.ts'
import type { Unbound } from './readiness.ts'

export interface ContainerUsage extends UsageSource {
  forget(processId: ProcessId): void
  close(): void
}

export interface ContainerUsageOptions {
  readonly engine: EngineClient
  readonly network: NetworkMode
  /** The container of a process, if it runs. */
  readonly find: (processId: ProcessId) => Promise<Unbound | undefined>
}

/** What is kept of a container between two readings. */
interface Metered {
  readonly container: Unbound
  /** Null: it runs on another machine. */
  readonly meter: Meter | null
  readonly tcpPorts: readonly number[]
  readonly hasUdp: boolean
  datagrams: number | undefined
}

/** Containers read in one turn of the event loop. */
const readPerTurn = 50

export function createContainerUsage(options: ContainerUsageOptions): ContainerUsage {
  const { engine, network } = options
  const metered = new Map<ProcessId, Metered>()

  const forget = (processId: ProcessId): void => {
    const meter = metered.get(processId)?.meter
    if (meter !== undefined && meter !== null) closeMeter(meter)
    metered.delete(processId)
  }

  async function meteredOf(processId: ProcessId): Promise<Metered | undefined> {
    const known = metered.get(processId)
    if (known !== undefined) return known
    const container = await options.find(processId)
    if (container === undefined) return undefined
    const entry = startMetering(container, network)
    metered.set(processId, entry)
    return entry
  }

  async function usageOf(processId: ProcessId): Promise<Usage | undefined> {
    const entry = await meteredOf(processId)
    if (entry === undefined) return undefined
    const usage = await (entry.meter === null ? usageThere : usageHere)(processId, entry)
    if (usage === undefined) forget(processId)
    return usage
  }

  async function usageHere(processId: ProcessId, entry: Metered): Promise<Usage | undefined> {
    const { meter, container } = entry
    const reading = meter === null ? undefined : readMeter(meter, () => cgroupsOf(container))
    if (reading === undefined || !isHere(container)) return undefined
    const egressBytes = network === 'host' ? null : (egressBytesOf(container.pid) ?? null)
    return { processId, ...reading, egressBytes, activity: await activityOf(entry) }
  }

  async function usageThere(
    processId: ProcessId,
    { container }: Metered,
  ): Promise<Usage | undefined> {
    const stats = await engineStats(engine, container.containerId)
    return stats && { processId, ...stats, activity: { kind: 'unknown' } }
  }

  /**
   * Connections over TCP. Over UDP players cannot be counted, but that no datagram came since the last reading is known:
   * then nobody plays.
   */
  async function activityOf(entry: Metered): Promise<Activity> {
    const connections = await connectionsOf(entry)
    if (!entry.hasUdp) return { kind: 'known', count: connections }
    if (network === 'host') return { kind: 'unknown' }
    const before = entry.datagrams
    entry.datagrams = datagramsOf(entry.container.pid)
    const isQuiet = entry.datagrams !== undefined && entry.datagrams === before
    return isQuiet ? { kind: 'known', count: connections } : { kind: 'unknown' }
  }

  async function connectionsOf({ tcpPorts, container }: Metered): Promise<number> {
    if (tcpPorts.length === 0) return 0
    const counts = await establishedByPort(container.pid)
    return tcpPorts.reduce((sum, port) => sum + (counts.get(port) ?? 0), 0)
  }

  return {
    async usage(processIds) {
      const usages: Usage[] = []
      for (const [i, processId] of processIds.entries()) {
        if (i % readPerTurn === readPerTurn - 1) await nextTurn()
        // An engine that does not answer now leaves a gap.
        const usage = await usageOf(processId).catch(() => undefined)
        if (usage !== undefined) usages.push(usage)
      }
      return usages
    },

    activityMeasure(processId) {
      const entry = metered.get(processId)
      if (entry === undefined || entry.meter === null) return 'none'
      return entry.hasUdp && network === 'host' ? 'none' : 'sockets'
    },

    limits: 'enforced',
    forget,
    close() {
      for (const processId of [...metered.keys()]) forget(processId)
    },
  }
}

function startMetering(container: Unbound, network: NetworkMode): Metered {
  const { ports } = container.spec
  const numbers = ports.flatMap(({ transport, port, containerPort }) =>
    transport === 'udp' ? [] : [network === 'host' ? port : containerPort],
  )
  return {
    container,
    meter: meterOf(container),
    tcpPorts: numbers,
    hasUdp: ports.some(({ transport }) => transport === 'udp'),
    datagrams: undefined,
  }
}

function meterOf(container: Unbound): Meter | null {
  const { pid } = container
  const startTime = isHere(container) ? statOf(pid)?.startTime : undefined
  if (startTime === undefined) return null
  return openMeter(cgroupsOf(container), { pid, startTime }) ?? null
}
