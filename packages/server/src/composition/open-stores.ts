/** Opens everything that is kept in the data folder, and says who has it when another server does. */
import { HatcheryError } from '@hatchery/contract'
import type { Config } from '../config.ts'
import type { Copyable } from '../domain/backup.ts'
import type { DataFolder } from './data-folder.ts'
import { diskSpace } from './disk-guard.ts'
import type { Clock } from '../domain/clock.ts'
import type { LogArchive, UploadStore } from '../domain/files.ts'
import type { MetricStore } from '../domain/metric-store.ts'
import type { Store } from '../domain/store.ts'
import { createLogArchive } from '../stores/files/log-archive.ts'
import { createUploadStore } from '../stores/files/upload-store.ts'
import { openMetricStore, refuseNewerMetrics } from '../stores/metrics.ts'
import { StoreLockedError, openSqliteStore } from '../stores/sqlite.ts'

export interface Stores {
  readonly store: Store & Copyable
  readonly metrics: MetricStore & Copyable
  readonly logs: LogArchive
  readonly uploads: UploadStore
  close(): Promise<void>
}

const megabyte = 1_048_576

/** The lock of the database is the lock of the folder; any death frees it. */
export async function openStores({
  folder,
  config,
  clock,
}: {
  folder: DataFolder
  config: Config
  clock: Clock
}): Promise<Stores> {
  await using opened = new AsyncDisposableStack()
  refuseNewerMetrics(folder.metricsDatabase)
  const store = await openLocked(folder, clock)
  opened.defer(() => store.close())
  const metrics = await openMetricStore({ file: folder.metricsDatabase })
  opened.defer(() => metrics.close())
  const stores = opened.move()
  return {
    ...{ store, metrics },
    logs: createLogArchive({ folder: folder.logs }),
    uploads: createUploadStore({
      folder: folder.uploads,
      partBytes: config.builds.partMb * megabyte,
      minFreeBytes: diskSpace(folder.root, config.disk.minFreeMb).neededMb * megabyte,
    }),
    close: async () => await stores.disposeAsync(),
  }
}

async function openLocked(folder: DataFolder, clock: Clock): Promise<Store & Copyable> {
  try {
    return await openSqliteStore({ file: folder.database, clock })
  } catch (cause) {
    if (!(cause instanceof StoreLockedError)) throw cause
    const running = folder.readInstallation()?.running
    throw new AlreadyRunningError(folder.root, running ?? null, cause)
  }
}

/** Another server uses the data folder. */
export class AlreadyRunningError extends HatcheryError {
  readonly running: { readonly pid: number; readonly address: string } | null

  constructor(root: string, running: AlreadyRunningError['running'], cause: unknown) {
    const who =
      running === null ? 'another server' : `the server at ${running.address} (pid ${running.pid})`
    super(
      'unavailable',
      `the data folder ${root} is used by ${who}: stop it, or choose another folder`,
      { cause },
    )
    this.running = running
  }
}
