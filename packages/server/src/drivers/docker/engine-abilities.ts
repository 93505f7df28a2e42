/** What an engine is and can do: for `hatchery doctor`. */
import { statfsSync } from 'node:fs'
import type { EngineAddress } from './engine-address.ts'
import { createEngineClient } from './engine-client.ts'

export interface EngineAbilities {
  readonly engine: string
  /** The version of the API that is spoken with it. */
  readonly api: string
  /** How it keeps images and containers: `overlay2`. */
  readonly storage: string
  /** `1` or `2`; empty where its machine has none. */
  readonly cgroups: string
  /** Whether containers go on while the engine is restarted. */
  readonly liveRestore: boolean
  /** Whether root in a container is another user on the machine. */
  readonly remapsUsers: boolean
  /** Whether the engine itself runs without root. */
  readonly isRootless: boolean
  /** Those for Linux have it, whichever builder is their default; those for Windows do not. */
  readonly hasBuildKit: boolean
  readonly disk: EngineDisk
  /** Limits that its machine cannot set, in words; empty when it can set all. */
  readonly missingLimits: readonly string[]
}

export interface EngineDisk {
  readonly folder: string
  /** Null where the folder is not on this machine, or not ours to look at. */
  readonly freeMb: number | null
}

interface EngineSelf {
  readonly LiveRestoreEnabled: boolean
  readonly MemoryLimit: boolean
  readonly CpuCfsQuota: boolean
  readonly PidsLimit: boolean
  readonly Driver: string
  readonly OSType: string
  readonly DockerRootDir: string
  readonly CgroupVersion?: string
  readonly CgroupDriver?: string
  readonly SecurityOptions?: readonly string[]
}

/** Rejects with a DriverError when it does not answer, or speaks no version that is known. */
export async function engineAbilities(address: EngineAddress): Promise<EngineAbilities> {
  const client = createEngineClient(address)
  try {
    const { engine, api } = await client.version()
    const said = await client.call<EngineSelf>({ method: 'GET', path: '/info' })
    return {
      ...{ engine, api, liveRestore: said.LiveRestoreEnabled, storage: said.Driver },
      cgroups: said.CgroupDriver === 'none' ? '' : (said.CgroupVersion ?? '1'),
      remapsUsers: hasOption(said, 'userns'),
      isRootless: hasOption(said, 'rootless'),
      hasBuildKit: said.OSType === 'linux',
      disk: diskOf(said.DockerRootDir, address.url.startsWith('unix://')),
      missingLimits: missingLimits(said),
    }
  } finally {
    client.close()
  }
}

function missingLimits(said: EngineSelf): string[] {
  const limits = [
    ['memory', said.MemoryLimit],
    ['CPU', said.CpuCfsQuota],
    ['processes', said.PidsLimit],
  ] as const
  return limits.flatMap(([name, isThere]) => (isThere ? [] : [name]))
}

const hasOption = ({ SecurityOptions }: EngineSelf, name: string): boolean =>
  SecurityOptions?.some((option) => option.split(',').includes(`name=${name}`)) === true

const megabyte = 1_048_576

function diskOf(folder: string, isHere: boolean): EngineDisk {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return { folder, freeMb: isHere ? Math.floor((bavail * bsize) / megabyte) : null }
  } catch {
    return { folder, freeMb: null }
  }
}
