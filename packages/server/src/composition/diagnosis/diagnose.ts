/** What this machine can do for game servers, found by trying it, and what follows from it: for `hatchery doctor`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { detectCapabilities } from '../../drivers/local/capabilities.ts'
import { capabilityFindings } from './capability-findings.ts'
import { nodesIn } from '../../config/nodes.ts'
import { dataFolderFindings } from './data-folder-findings.ts'
import { engineFindings } from './engine-findings.ts'
import { machineFindings } from './machine-findings.ts'

export interface Finding {
  readonly topic: string
  /** `no` where something will not work, `limited` where it works in a lesser way. */
  readonly state: 'yes' | 'limited' | 'no'
  readonly found: string
  /** What it means for games and players, and the way out where there is one. */
  readonly means: string
}

/** `checks`: also reads all records of the data folder, which no server may use then. Changes nothing. */
export async function diagnose(config: Config, checks: boolean): Promise<Finding[]> {
  const needsThisMachine = nodesIn(config).some(({ docker }) => docker === undefined)
  if (process.platform !== 'linux' && needsThisMachine)
    return [notLinux(), ...(await engineFindings(config))]
  return [
    ...(needsThisMachine ? await driverFindings(config) : []),
    ...(await engineFindings(config)),
    ...machineFindings(config),
    ...dataFolderFindings(config, checks),
  ]
}

const notLinux = (): Finding => ({
  topic: 'operating system',
  state: 'no',
  found: process.platform,
  means:
    'game servers run as processes of this machine on Linux only: use a Linux machine or WSL, or containers (--docker)',
})

/** Tried in a folder beside the data folder's file system where that is there, as it decides about overlays. */
async function driverFindings(config: Config): Promise<Finding[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'hatchery-doctor-'))
  try {
    const capabilities = await detectCapabilities({
      runsFolder: scratch,
      uid: config.local.uidFrom,
    })
    return capabilityFindings(capabilities, config)
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    return [{ topic: 'game servers', state: 'no', found, means: 'no game server can be started' }]
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
