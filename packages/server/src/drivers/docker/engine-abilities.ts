/** What an engine is and can do: for `hatchery doctor`. */
import { createEngineClient } from './engine-client.ts'
import type { EngineAddress } from './engine-address.ts'

export interface EngineAbilities {
  readonly engine: string
  /** The version of the API that is spoken with it. */
  readonly api: string
  /** Whether containers go on while the engine is restarted. */
  readonly liveRestore: boolean
  /** Limits that its machine cannot set, in words; empty when it can set all. */
  readonly missingLimits: readonly string[]
}

interface EngineSelf {
  readonly LiveRestoreEnabled: boolean
  readonly MemoryLimit: boolean
  readonly CpuCfsQuota: boolean
  readonly PidsLimit: boolean
}

/** Rejects with a DriverError when it does not answer, or speaks no version that is known. */
export async function engineAbilities(address: EngineAddress): Promise<EngineAbilities> {
  const client = createEngineClient(address)
  try {
    const { engine, api } = await client.version()
    const said = await client.call<EngineSelf>({ method: 'GET', path: '/info' })
    const limits = [
      ['memory', said.MemoryLimit],
      ['CPU', said.CpuCfsQuota],
      ['processes', said.PidsLimit],
    ] as const
    return {
      ...{ engine, api, liveRestore: said.LiveRestoreEnabled },
      missingLimits: limits.flatMap(([name, isThere]) => (isThere ? [] : [name])),
    }
  } finally {
    client.close()
  }
}
