/** Measures what runs, every few seconds: points for the metrics, activity for the idle rule, egress for the usage. */
import type { Clock } from '../domain/clock.ts'
import { type Activity, type Usage, measuresUsage } from '../domain/driver.ts'
import type { Log } from '../domain/log.ts'
import type { Process, ProcessId } from '../domain/process.ts'
import type { Node, Regions } from '../domain/region.ts'
import type { MetricSample, MetricStore } from '../domain/metric-store.ts'
import type { Store } from '../domain/store.ts'
import type { MeasuredEgress } from '../domain/usage.ts'
import type { LiveProcesses } from './live-processes.ts'

export interface SamplerOptions {
  readonly clock: Clock
  readonly regions: Regions
  readonly live: LiveProcesses
  readonly metrics: MetricStore
  readonly store: Pick<Store, 'countEgress'>
  readonly log: Log
  /** Told of each measurement: what the idle rule looks at. */
  readonly onActivity: (process: Process, activity: Activity) => void
}

export interface Sampler {
  /** One round over everything that runs. */
  round(): Promise<void>
}

/** Processes measured and written in one turn of the event loop. */
const batch = 100

const unknown: Activity = { kind: 'unknown' }

export function createSampler(options: SamplerOptions): Sampler {
  let before = new Map<ProcessId, Measured>()

  async function round(): Promise<void> {
    const after = new Map<ProcessId, Measured>()
    const { nodes, formerNodes } = options.regions
    for (const node of [...nodes, ...formerNodes]) await sampleNode(node, after)
    before = after
  }

  async function sampleNode(node: Node, after: Map<ProcessId, Measured>): Promise<void> {
    const processes = [...options.live.running()].filter(({ nodeId }) => nodeId === node.nodeId)
    for (let from = 0; from < processes.length; from += batch) {
      const part = processes.slice(from, from + batch)
      for (const measured of await measure(node, part))
        after.set(measured.usage.processId, measured)
      for (const process of part) tell(process, after.get(process.processId))
    }
  }

  async function measure(node: Node, processes: readonly Process[]): Promise<Measured[]> {
    if (!measuresUsage(node.driver)) return []
    const usages = await node.driver.usage.usage(processes.map(({ processId }) => processId))
    const at = options.clock.monotonic()
    const measured = usages.map((usage) => ({ usage, at }))
    write(measured)
    await countEgress(measured)
    return measured
  }

  /** What could not be counted is counted with the next that is sent. */
  async function countEgress(measured: readonly Measured[]): Promise<void> {
    const grown = measured.flatMap((m) => grownEgress(m, before.get(m.usage.processId)))
    if (grown.length === 0) return
    await options.store.countEgress(grown).catch((err: unknown) => {
      options.log.warn({ event: 'egress.late', err }, 'what left processes could not be counted')
    })
  }

  /** A full disk costs points of the metrics, never the idle rule. */
  function write(measured: readonly Measured[]): void {
    const now = options.clock.now()
    try {
      options.metrics.write(measured.map((m) => sampleOf(m, before.get(m.usage.processId), now)))
    } catch (err) {
      options.log.warn({ event: 'metrics.lost', err }, 'measurements could not be written')
    }
  }

  const tell = (process: Process, measured: Measured | undefined): void =>
    options.onActivity(process, measured?.usage.activity ?? unknown)

  return { round }
}

interface Measured {
  readonly usage: Usage
  /** Monotonic ms. */
  readonly at: number
}

/** Every one is told when it is first measured: what was counted before this server began, the store knows. */
function grownEgress({ usage }: Measured, last: Measured | undefined): MeasuredEgress[] {
  const { processId, egressBytes: bytes } = usage
  return bytes === null || bytes === last?.usage.egressBytes ? [] : [{ processId, bytes }]
}

function sampleOf({ usage, at }: Measured, last: Measured | undefined, now: number): MetricSample {
  const seconds = last === undefined ? 0 : (at - last.at) / 1000
  const rate = (value: number | null, earlier: number | null | undefined): number | null =>
    value === null || earlier == null || seconds <= 0
      ? null
      : Math.max(0, value - earlier) / seconds
  return {
    processId: usage.processId,
    at: now,
    cpu: rate(usage.cpuSeconds, last?.usage.cpuSeconds),
    memory: usage.memoryBytes,
    rateEgress: rate(usage.egressBytes, last?.usage.egressBytes),
    totalEgress: usage.egressBytes,
    activeConnections: usage.activity.kind === 'known' ? usage.activity.count : null,
  }
}
