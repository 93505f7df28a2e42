/** The settings that the engine goes by, in its own units. */
import type { Config } from '../config.ts'

const hourMs = 3_600_000
const megabyte = 1_048_576

export const engineTimes = ({ limits, retention, logs, metrics, autoscaler }: Config) => ({
  limits: {
    bindMs: limits.bindSeconds * 1_000,
    startMs: limits.startSeconds * 1_000,
    graceMs: limits.graceSeconds * 1_000,
    drainMs: limits.drainHours * hourMs,
    idleMs: limits.idleSeconds * 1_000,
  },
  retention: {
    processMs: retention.processDays * 24 * hourMs,
    logMs: retention.logHours * hourMs,
    metricMs: retention.metricHours * hourMs,
    eventMs: retention.eventHours * hourMs,
    logMaxBytes: logs.maxMb * megabyte,
  },
  settleMs: limits.settleSeconds * 1_000,
  scaling: {
    everyMs: autoscaler.everySeconds * 1_000,
    lookBackMs: autoscaler.lookBackSeconds * 1_000,
  },
  sampleMs: metrics.sampleSeconds * 1_000,
})
