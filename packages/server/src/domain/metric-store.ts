/** What is measured over time. */
import type { Instant } from './clock.ts'
import type { ProcessId } from './process.ts'

/** Measurements of processes and fleets, kept for 72 h in a file of their own. Losing the last seconds is harmless. */
export interface MetricStore {
  write(samples: readonly MetricSample[]): void
  /** Points `{value, timestamp}` (Unix seconds) every `stepSeconds` from `start` to `end`, the last sample of each step. */
  read(query: MetricQuery): Promise<Partial<Record<MetricName, MetricPoint[]>>>
  /** The newest sample of a process, whatever it could measure; undefined where there is none, or none any more. */
  findLast(processId: ProcessId): Promise<MetricSample | undefined>
  writeFleets(samples: readonly FleetSample[]): void
  /** As `read`; every series is there. */
  readFleet(query: FleetMetricQuery): Promise<Record<FleetMeasure, MetricPoint[]>>
  prune(before: Instant): void
  close(): void
}

export type MetricName = 'cpu' | 'memory' | 'rateEgress' | 'totalEgress' | 'activeConnections'

/** Null where it cannot be measured. */
export interface MetricSample {
  readonly processId: ProcessId
  readonly at: Instant
  readonly cpu: number | null
  readonly memory: number | null
  readonly rateEgress: number | null
  readonly totalEgress: number | null
  readonly activeConnections: number | null
}

export interface MetricQuery {
  readonly processId: ProcessId
  readonly metrics: readonly MetricName[]
  readonly start: Instant
  readonly end: Instant
  readonly stepSeconds: number
}

export interface MetricPoint {
  readonly value: number
  readonly timestamp: number
}

/** In vCPU. */
export type FleetMeasure = 'provisionedBareMetal' | 'provisionedCloud' | 'utilized'

export interface FleetSample extends Readonly<Record<FleetMeasure, number>> {
  readonly fleetId: string
  /** Null: of all regions together, each machine counted once. */
  readonly region: string | null
  readonly at: Instant
}

export interface FleetMetricQuery extends Pick<MetricQuery, 'start' | 'end' | 'stepSeconds'> {
  readonly fleetId: string
  readonly region: string | null
}
