/** The Docker engine that all tests of a run share, with the image of the test game in it. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { type EngineClient, createEngineClient } from '../../../src/drivers/docker/engine-client.ts'
import { until } from '../../drivers/support/until.ts'
import { socketIn, startEngine } from './engine-process.ts'
import { buildImage } from './game-image.ts'
import { type RemoteEngine, removeRemoteEngine, startRemoteEngine } from './remote-engine.ts'

export interface SharedEngine {
  readonly url: string
  readonly client: EngineClient
  /** Content hash of the game's image. */
  readonly image: string
}

/** Started by the first of the workers that needs it; the others wait. */
export async function sharedEngine(): Promise<SharedEngine> {
  const folder = inject('engineFolder')
  const ready = join(folder, 'ready')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const url = socketIn(folder)
  const client = createEngineClient({ url })
  if (isFirst(join(folder, 'begun'))) {
    await startEngine(folder, process.pid % 200)
    writeFileSync(`${ready}.new`, await buildImage(client))
    writeFileSync(ready, readFileSync(`${ready}.new`))
  }
  const image = await until(
    'the engine runs',
    () => existsSync(ready) && readFileSync(ready, 'utf8'),
    90_000,
  )
  return { url, client, image }
}

function isFirst(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx'))
    return true
  } catch {
    return false
  }
}

/** An engine as on another machine, with the game's image in it; removed by whoever asked for it. */
export async function remoteEngine(
  name: string,
  line: 'plain' | 'TLS',
): Promise<SharedEngine & RemoteEngine & { remove(): Promise<void> }> {
  const folder = inject('engineFolder').replace(/shared$/, name)
  const remote = await startRemoteEngine({ folder, line })
  const client = createEngineClient(remote)
  return {
    ...{ ...remote, client, image: await buildImage(client) },
    remove: () => removeRemoteEngine(folder),
  }
}
