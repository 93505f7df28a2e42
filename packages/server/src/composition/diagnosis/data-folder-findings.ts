/** The data folder: its disk, and with `checks` every record in it. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from '../../config.ts'
import { damageOf } from '../../stores/database-facts.ts'
import { StoreLockedError, openSqliteFile } from '../../stores/sqlite-file.ts'
import { readInstallation } from '../data-folder.ts'
import { diskSpace } from '../disk-guard.ts'
import type { Finding } from './diagnose.ts'

export const dataFolderFindings = (config: Config, checks: boolean): Finding[] => [
  disk(config),
  ...(checks ? ['hatchery.db', 'metrics.db'].map((name) => records(config.data, name)) : []),
]

function disk({ data, disk: { minFreeMb } }: Config): Finding {
  const { freeMb, neededMb } = diskSpace(nearest(data), minFreeMb)
  const found = `${freeMb} MB free at ${data}`
  const topic = 'disk'
  return freeMb < neededMb
    ? {
        topic,
        state: 'no',
        found,
        means: `nothing new is taken below ${neededMb} MB: free some space`,
      }
    : { topic, state: 'yes', found, means: `new things are refused below ${neededMb} MB` }
}

/** The folder itself, or the one it would be made in. */
const nearest = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder))

/** Opened alone first: the whole file is read as it stands, so nobody may write it meanwhile. */
function records(data: string, name: string): Finding {
  const file = join(data, name)
  const topic = `records in ${name}`
  if (!existsSync(file))
    return { topic, state: 'limited', found: `there is no ${file}`, means: 'nothing to check' }
  try {
    openSqliteFile({ file, synchronous: 'full' }).close()
  } catch (error) {
    if (error instanceof StoreLockedError) return inUse(data, topic)
    return { topic, state: 'no', found: (error as Error).message, means: restoreIt }
  }
  const damage = damageOf(file)
  return damage === undefined
    ? { topic, state: 'yes', found: 'whole', means: 'every page was read' }
    : { topic, state: 'no', found: damage, means: restoreIt }
}

const restoreIt = 'restore a backup: hatchery restore FILE --force'

function inUse(data: string, topic: string): Finding {
  const running = readInstallation(data)?.running
  const who = running == null ? 'a server' : `the server at ${running.address}`
  return { topic, state: 'limited', found: `${who} uses it`, means: 'stop the server to check it' }
}
