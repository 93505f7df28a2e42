/** What runs use: CPU time, resident memory, bytes that left them, players connected. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Activity, Usage, UsageSource } from '../../domain/driver.ts'
import type { ProcessId } from '../../domain/process.ts'
import { enforcesLimits, openCgroups } from './cgroup.ts'
import type { Traffic } from './launcher/protocol.ts'
import { type Meter, type Reading, openCgroupMeter } from './meter.ts'
import type { Run, RunRecord, RunningRun } from './run-folder.ts'
import { createSessionMeter } from './session-meter.ts'
import { establishedByPort } from './sockets.ts'

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

interface Metered {
  readonly run: RunningRun
  /** Null: counted over its session. */
  readonly meter: Meter | null
}

export function createUsage({ look, traffic }: UsageOptions): LocalUsage {
  const metered = new Map<ProcessId, Metered>()
  const sessions = createSessionMeter()
  let countsTraffic = false
  let limits: UsageSource['limits'] | undefined

  const forget = (processId: ProcessId): void => {
    metered.get(processId)?.meter?.close()
    metered.delete(processId)
  }

  const meteredOf = (processId: ProcessId): Metered | undefined => {
    const known = metered.get(processId)
    if (known !== undefined) return known
    const run = look(processId)
    if (run.state !== 'running') return undefined
    const entry = { run, meter: openCgroupMeter(run) ?? null }
    metered.set(processId, entry)
    return entry
  }

  const readAll = async (processIds: readonly ProcessId[]): Promise<Map<ProcessId, Reading>> => {
    const readings = new Map<ProcessId, Reading>()
    const loose: RunningRun[] = []
    for (const [i, processId] of processIds.entries()) {
      if (i % runsPerTurn === runsPerTurn - 1) await nextTurn()
      const entry = meteredOf(processId)
      if (entry === undefined) continue
      if (entry.meter === null) {
        loose.push(entry.run)
        continue
      }
      const reading = entry.meter.read()
      if (reading === undefined) forget(processId)
      else readings.set(processId, reading)
    }
    if (loose.length === 0) return readings
    const sums = sessions.read(loose)
    for (const { record } of loose) {
      const { processId } = record.spec
      const reading = sums.get(processId)
      if (reading === undefined) forget(processId)
      else readings.set(processId, reading)
    }
    return readings
  }

  return {
    usage: async (processIds) => {
      const readings = await readAll(processIds)
      const records = [...readings.keys()].flatMap((id) => metered.get(id)?.run.record ?? [])
      const byPort = await traffic().catch(() => undefined)
      countsTraffic = byPort !== undefined
      const connections = records.some(hasTcp) ? await establishedByPort() : new Map()
      return records.flatMap((record) => {
        const reading = readings.get(record.spec.processId)
        return reading === undefined ? [] : [usageOf(record, reading, { connections, byPort })]
      })
    },

    activityMeasure: (processId) => {
      const run = metered.get(processId)?.run ?? look(processId)
      if (run.state !== 'running') return 'none'
      if (hasUdp(run.record)) return countsTraffic ? 'nftables' : 'none'
      return hasTcp(run.record) ? 'sockets' : 'none'
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

const hasTcp = ({ spec }: RunRecord): boolean => spec.ports.some((port) => port.transport !== 'udp')
const hasUdp = ({ spec }: RunRecord): boolean => spec.ports.some((port) => port.transport === 'udp')

interface Counts {
  readonly connections: ReadonlyMap<number, number>
  readonly byPort: Traffic | undefined
}

function usageOf(record: RunRecord, reading: Reading, counts: Counts): Usage {
  const { processId, ports } = record.spec
  const traffics = ports.map((port) => trafficOf(port, counts.byPort))
  const egressBytes =
    counts.byPort === undefined ? null : traffics.reduce((sum, each) => sum + each.egressBytes, 0)
  return { processId, ...reading, egressBytes, activity: activityOf(record, counts) }
}

type Port = RunRecord['spec']['ports'][number]

const trafficOf = ({ transport, port }: Port, byPort: Traffic | undefined) =>
  byPort?.[`${transport === 'udp' ? 'udp' : 'tcp'} ${port}`] ?? { egressBytes: 0, clients: 0 }

/** Known only where each of its ports can be counted. */
function activityOf({ spec }: RunRecord, { connections, byPort }: Counts): Activity {
  if (spec.ports.length === 0) return { kind: 'unknown' }
  let count = 0
  for (const port of spec.ports) {
    if (port.transport !== 'udp') count += connections.get(port.port) ?? 0
    else if (byPort === undefined) return { kind: 'unknown' }
    else count += trafficOf(port, byPort).clients
  }
  return { kind: 'known', count }
}
