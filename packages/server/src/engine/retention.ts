/** Forgets what is old enough, in small batches, so that no round is ever long. */
import type { Clock } from '../domain/clock.ts'
import { type Builder, canBuild, canMakeRoom } from '../domain/driver.ts'
import type { LogArchive, UploadStore } from '../domain/files.ts'
import type { Regions } from '../domain/region.ts'
import type { MetricStore } from '../domain/metric-store.ts'
import type { Store } from '../domain/store.ts'
import type { LiveProcesses } from './live-processes.ts'

export interface RetentionTimes {
  /** 0: kept for ever. */
  readonly processMs: number
  readonly logMs: number
  readonly metricMs: number
  readonly eventMs: number
  readonly logMaxBytes: number
}

export interface RetentionOptions extends RetentionTimes {
  readonly store: Store
  readonly metrics: MetricStore
  readonly logs: LogArchive
  readonly uploads: UploadStore
  readonly regions: Regions
  readonly live: LiveProcesses
  readonly clock: Clock
  /** While builds are under way none is removed: it may be what one of them just made; nor while a backup needs them. */
  readonly areArtifactsHeld: () => boolean
  readonly isDiskLow: () => boolean
}

const batch = 500
const logBytesInNeed = 1_048_576
const mostEvents = 1_000_000

/** How long a key keeps a repeated request from making a second process. */
const keyMs = 24 * 3_600_000

const uploadGivenUpMs = 24 * 3_600_000

export interface Retention {
  /** Everything that goes by age. */
  round(): Promise<void>
  /** Cuts the logs of what runs to their limit; while the disk is low all logs, to 1 MB each. */
  trimLogs(): Promise<void>
}

export function createRetention(options: RetentionOptions): Retention {
  const { store, clock, logs, uploads } = options

  async function round(): Promise<void> {
    const now = clock.now()
    while ((await removeLogs(now - options.logMs)) === batch);
    if (options.processMs > 0) await removeRecords(now - options.processMs)
    options.metrics.prune(now - options.metricMs)
    await store.pruneEvents(now - options.eventMs, mostEvents)
    await store.removeOldKeys(now - keyMs)
    await removeUploads(now - uploadGivenUpMs)
    await removeArtifacts()
  }

  async function removeLogs(before: number): Promise<number> {
    const old = await store.listUncleaned(before, batch)
    for (const { processId } of old) await logs.remove(processId)
    await store.markCleaned(old.map(({ processId }) => processId))
    return old.length
  }

  async function removeRecords(before: number): Promise<void> {
    while ((await store.removeFinal(before, batch)).length === batch);
    while ((await store.removeEndedRooms(before, batch)) === batch);
  }

  async function removeUploads(before: number): Promise<void> {
    for (const { buildId, changedAt } of await uploads.list()) {
      if (changedAt < before) await uploads.remove(buildId)
    }
  }

  async function removeArtifacts(): Promise<void> {
    const builders = options.regions.drivers.filter(canBuild).map(({ builder }) => builder)
    for (const builder of new Set(builders)) {
      await removeUnused(builder)
      if (options.areArtifactsHeld()) return
      // A place that does not answer now is cleaned later.
      if (canMakeRoom(builder)) await builder.makeRoom().catch(() => undefined)
    }
  }

  async function removeUnused(builder: Builder): Promise<void> {
    for (const contentHash of await builder.artifacts().catch(() => [])) {
      const isUsed = await store.isArtifactUsed(contentHash)
      if (options.areArtifactsHeld()) return
      if (!isUsed) await builder.removeArtifact(contentHash)
    }
  }

  async function trimLogs(): Promise<void> {
    if (options.isDiskLow()) return await cutLogs()
    for (const { processId } of options.live.running())
      await logs.trim(processId, options.logMaxBytes)
  }

  /** One that cannot be cut leaves the others. */
  async function cutLogs(): Promise<void> {
    const maxBytes = Math.min(logBytesInNeed, options.logMaxBytes)
    for (const id of await logs.list()) await logs.trim(id, maxBytes).catch(() => undefined)
  }

  return { round, trimLogs }
}
