/** A Docker engine of a row's own, with the smallest game as an image: nothing of it is left when the row has run. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  engineHindrance,
  removeEngine,
  startEngine,
} from '../../packages/server/test/support/docker/engine-process.ts'
import { gameBuild } from './game-build.ts'
import { Skip } from './row.ts'

export interface BenchEngine extends AsyncDisposable {
  readonly url: string
  /** What is uploaded: the game and its Dockerfile. */
  readonly build: string
}

/** The number of its network: tests have those from 0 on. */
const number = 254

/** Rejects the row where there can be no engine. */
export async function openEngine(folder: string): Promise<BenchEngine> {
  const hindrance = engineHindrance()
  if (hindrance !== undefined) throw new Skip(hindrance)
  const { folder: build } = gameBuild(folder)
  writeFileSync(join(build, 'Dockerfile'), 'FROM scratch\nCOPY game /game\nCMD ["/game"]\n')
  const place = join(folder, 'engine')
  mkdirSync(place)
  const remove = (): Promise<void> => removeEngine(place)
  try {
    return { url: await startEngine(place, number), build, [Symbol.asyncDispose]: remove }
  } catch (error) {
    await remove()
    throw error
  }
}
