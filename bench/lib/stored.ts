/** Data folders with a long history, made once per run and used by several rows one after the other. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { apiOf } from './api.ts'
import { startProduct } from './product.ts'
import { seedHistory } from './seed.ts'
import { tinyBuild } from './tiny-build.ts'

export interface Stored {
  readonly data: string
  /** The application that is asked about: it has a quarter of the processes. */
  readonly appId: string
  readonly count: number
}

/** Makes one on first use. */
export type StoredFolders = (count: number) => Promise<Stored>

export function storedFolders(root: string): StoredFolders {
  const made = new Map<number, Promise<Stored>>()
  return (count) => {
    const known = made.get(count) ?? makeStored(root, count)
    made.set(count, known)
    return known
  }
}

async function makeStored(root: string, count: number): Promise<Stored> {
  const folder = mkdtempSync(join(root, 'stored-'))
  const data = join(folder, 'data')
  const appId = await firstProcess(folder, data)
  const others = [1, 2, 3].map((n) => `app-00000000-0000-4000-8000-00000000000${n}`)
  seedHistory(data, { count, appIds: [appId, ...others] })
  return { data, appId, count }
}

/** Has one process live and end; answers its application. */
async function firstProcess(folder: string, data: string): Promise<string> {
  await using product = await startProduct({ data, driver: 'fake' })
  const api = apiOf(product.ready)
  const { appId } = await api.deploy({ name: 'bench', folder: tinyBuild(folder) })
  await liveOnce(api, appId)
  await product.ask('settled')
  return appId
}

/** One process from its creation to its end. */
export async function liveOnce(api: ReturnType<typeof apiOf>, appId: string): Promise<void> {
  const processId = await api.create(appId)
  await api.untilCount(appId, '?status=running', 1)
  await api.call('POST', `/processes/v3/apps/${appId}/processes/${processId}/stop`)
  await api.untilCount(appId, '?status=stopped', 1)
}
