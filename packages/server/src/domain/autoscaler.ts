/**
 * The autoscaler: how many processes of an application a region should keep, by what they have to do. Pure. The formula
 * is that of Kubernetes' horizontal autoscaler.
 */

/** A number of processes that was thought right at a time. */
export interface Recommendation {
  /** Monotonic ms. */
  readonly at: number
  readonly processes: number
}

export interface ScalingInput {
  /** The target of now. */
  readonly target: number
  /** The processes that take requests. */
  readonly running: number
  /** Concurrent requests of each, on average since the last look. */
  readonly value: number
  /** The value to aim for; above 0. */
  readonly goal: number
  readonly bounds: ScalingBounds
  /** Those of before, in their order. */
  readonly before: readonly Recommendation[]
  /** Monotonic ms. */
  readonly now: number
  /** For how long a higher recommendation holds. */
  readonly lookBackMs: number
}

export interface ScalingBounds {
  readonly minProcesses: number
  readonly maxProcesses: number
}

export interface Scaling {
  readonly target: number
  /** What the value alone makes, within the bounds. */
  readonly recommended: number
  /** To hand in again at the next look. */
  readonly recommendations: readonly Recommendation[]
}

/** A value within 10 % of the goal changes nothing; what is on the line is within. */
const tolerance = 0.1 + 1e-9

/** Up at once; down to the highest recommendation of the time looked back on, so that a short lull ends nothing. */
export function scale(input: ScalingInput): Scaling {
  const { bounds, now, lookBackMs } = input
  const recommended = within(recommend(input), bounds)
  const recent = input.before.filter(({ at }) => now - at < lookBackMs)
  const recommendations = [...recent, { at: now, processes: recommended }]
  const highest = Math.max(...recommendations.map(({ processes }) => processes))
  const target = recommended >= input.target ? recommended : Math.min(highest, input.target)
  return { target: within(target, bounds), recommended, recommendations }
}

/** While none runs nothing is measured, so it stays as it is. */
function recommend({ target, running, value, goal }: ScalingInput): number {
  if (running === 0 || Math.abs(value / goal - 1) <= tolerance) return target
  return Math.ceil((running * value) / goal)
}

/** Never none, except where none may be: a load that is not there could not bring the first one back. */
export const within = (processes: number, { minProcesses, maxProcesses }: ScalingBounds): number =>
  Math.min(Math.max(processes, minProcesses, 1), maxProcesses)
