/** What runs use: CPU time, resident memory, bytes that left them, players connected. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Usage, UsageSource } from '../../domain/driver.ts'
import type { ProcessId } from '../../domain/process.ts'
import { enforcesLimits, openCgroups } from './cgroup.ts'
import type { Traffic } from './launcher/protocol.ts'
import { type Meter, type Reading, closeMeter, openMeter, readMeter } from '../linux/meter.ts'
import type { ProcessIdentity } from '../linux/process-stat.ts'
import type { Run } from './run-folder.ts'
import { createSessionMeter } from './session-meter.ts'
import { establishedByPort } from '../linux/sockets.ts'

export interface UsageOptions {
  readonly look: (processId: ProcessId) => Run
  /** By port; undefined where this machine does not count it. */
  readonly traffic: () => Promise<Traffic | undefined>
}

export interface LocalUsage extends UsageSource {
  forget(processId: ProcessId): void
  close(): void
}

/** Runs read in one turn of the event loop: about half a millisecond. */
const runsPerTurn = 100

/** What is kept of a run between two readings: as little as possible, for there may be thousands. */
interface Metered {
  readonly processId: ProcessId
  readonly program: ProcessIdentity
  /** Null: counted over its session. */
  readonly meter: Meter | null
  readonly tcpPorts: readonly number[]
  readonly udpPorts: readonly number[]
}

export function createUsage({ look, traffic }: UsageOptions): LocalUsage {
  const metered = new Map<ProcessId, Metered>()
  const sessions = createSessionMeter()
  let countsTraffic = false
  let limits: UsageSource['limits'] | undefined

  const forget = (processId: ProcessId): void => {
    const meter = metered.get(processId)?.meter
    if (meter !== undefined && meter !== null) closeMeter(meter)
    metered.delete(processId)
  }

  const meteredOf = (processId: ProcessId): Metered | undefined => {
    const known = metered.get(processId)
    if (known !== undefined) return known
    const run = look(processId)
    if (run.state !== 'running') return undefined
    const entry = startMetering(processId, run)
    metered.set(processId, entry)
    return entry
  }

  const cgroupsOf = (processId: ProcessId): readonly string[] => {
    const run = look(processId)
    return run.state === 'running' ? run.record.place.cgroups : []
  }

  const readAll = async (processIds: readonly ProcessId[]): Promise<Map<Metered, Reading>> => {
    const readings = new Map<Metered, Reading>()
    const loose: Metered[] = []
    const note = (entry: Metered, reading: Reading | undefined): void => {
      if (reading === undefined) forget(entry.processId)
      else readings.set(entry, reading)
    }
    for (const [i, processId] of processIds.entries()) {
      if (i % runsPerTurn === runsPerTurn - 1) await nextTurn()
      const entry = meteredOf(processId)
      if (entry?.meter === null) loose.push(entry)
      else if (entry !== undefined)
        note(
          entry,
          readMeter(entry.meter, () => cgroupsOf(processId)),
        )
    }
    const sums = loose.length === 0 ? undefined : sessions.read(loose)
    for (const entry of loose) note(entry, sums?.get(entry.processId))
    return readings
  }

  return {
    usage: async (processIds) => {
      const readings = await readAll(processIds)
      const byPort = await traffic().catch(() => undefined)
      countsTraffic = byPort !== undefined
      const hasTcp = readings.keys().some(({ tcpPorts }) => tcpPorts.length > 0)
      const connections = hasTcp ? await establishedByPort() : new Map<number, number>()
      const counts = { byPort, connections }
      return [...readings].map(([entry, reading]) => usageOf(entry, reading, counts))
    },

    activityMeasure: (processId) => {
      const entry = meteredOf(processId)
      if (entry === undefined) return 'none'
      if (entry.udpPorts.length > 0) return countsTraffic ? 'nftables' : 'none'
      return entry.tcpPorts.length > 0 ? 'sockets' : 'none'
    },

    get limits() {
      limits ??= enforcesLimits(openCgroups()) ? 'enforced' : 'counted'
      return limits
    },

    forget,
    close: () => {
      for (const processId of [...metered.keys()]) forget(processId)
      sessions.close()
    },
  }
}

function startMetering(
  processId: ProcessId,
  { program, record }: Extract<Run, { state: 'running' }>,
): Metered {
  const { ports } = record.spec
  return {
    processId,
    program: { pid: program.pid, startTime: program.startTime },
    meter: openMeter(record.place.cgroups, program) ?? null,
    tcpPorts: ports.filter(({ transport }) => transport !== 'udp').map(({ port }) => port),
    udpPorts: ports.filter(({ transport }) => transport === 'udp').map(({ port }) => port),
  }
}

interface Counts {
  readonly connections: ReadonlyMap<number, number>
  readonly byPort: Traffic | undefined
}

function usageOf(entry: Metered, reading: Reading, { connections, byPort }: Counts): Usage {
  const udp = entry.udpPorts.map((port) => byPort?.[`udp ${port}`])
  const tcp = entry.tcpPorts.map((port) => byPort?.[`tcp ${port}`])
  const bytes = [...udp, ...tcp].map((traffic) => traffic?.egressBytes)
  const players = [
    ...udp.map((traffic) => traffic?.clients),
    ...entry.tcpPorts.map((port) => connections.get(port) ?? 0),
  ]
  const count = sumOf(players)
  return {
    processId: entry.processId,
    cpuSeconds: reading.cpuSeconds,
    memoryBytes: reading.memoryBytes,
    egressBytes: sumOf(bytes),
    activity: count === null ? { kind: 'unknown' } : { kind: 'known', count },
  }
}

/** A sum is known only when each part is, and there is one. */
function sumOf(parts: readonly (number | undefined)[]): number | null {
  let sum = 0
  for (const part of parts) {
    if (part === undefined) return null
    sum += part
  }
  return parts.length === 0 ? null : sum
}
