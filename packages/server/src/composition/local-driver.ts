/** The driver for processes of this machine, with its builder, over the data folder. */
import { join } from 'node:path'
import { type Config, isLoopback } from '../config.ts'
import type { Builder, Driver } from '../domain/driver.ts'
import type { Log } from '../domain/log.ts'
import { createLocalBuilder } from '../drivers/local/builder/index.ts'
import { createLocalDriver } from '../drivers/local/index.ts'
import type { DataFolder } from './data-folder.ts'

export interface LocalDriverParts {
  readonly folder: DataFolder
  readonly config: Config
  readonly log: Log
  readonly installationId: string
  readonly nodeId: string
  readonly launcherEntry: string | undefined
}

export function localDriver(parts: LocalDriverParts): Driver & { readonly builder: Builder } {
  const { folder, config, log, installationId, nodeId, launcherEntry } = parts
  const driver = createLocalDriver({
    ...{ installationId, nodeId, log },
    dataFolder: folder.root,
    uidRange: { from: config.local.uidFrom, to: config.local.uidTo },
    // On loopback only users of this machine can start games.
    shareUser: config.local.shareUser || isLoopback(config.host),
    artifactFolder: (contentHash) => join(folder.builds, contentHash),
    logFileOf: (processId) => join(folder.logs, `${processId}.log`),
    ...(launcherEntry !== undefined && { launcherEntry }),
  })
  const asRoot = process.getuid?.() === 0
  return { ...driver, builder: createLocalBuilder({ buildsFolder: folder.builds, asRoot }) }
}
