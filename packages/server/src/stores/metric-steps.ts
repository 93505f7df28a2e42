/** The steps of a series: each shows its last sample, at the time at which it ends. */
import type { MetricPoint, MetricQuery } from '../domain/metric-store.ts'

type Period = Pick<MetricQuery, 'start' | 'end' | 'stepSeconds'>

/** The values of the statements that group samples by step. */
export function stepsIn({ start, end, stepSeconds }: Period) {
  const stepMs = stepMsOf(stepSeconds)
  const last = start + Math.floor((end - start) / stepMs) * stepMs
  return { start, stepMs, after: start - stepMs, last }
}

export const pointAt = (
  value: number,
  step: number,
  { start, stepSeconds }: Period,
): MetricPoint => ({ value, timestamp: (start + step * stepMsOf(stepSeconds)) / 1000 })

const stepMsOf = (stepSeconds: number): number => Math.max(1, Math.round(stepSeconds * 1000))
