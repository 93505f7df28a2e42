/** Images that only a test has: so that they are really sent and fetched, and can be for another processor. */
import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { EngineClient } from '../../../src/drivers/docker/engine-client.ts'
import { jsonLines } from '../../../src/drivers/docker/events.ts'
import { plainTar, tarball } from '../tarball.ts'
import { gameImage } from './game-image.ts'

/** The test game with a file of its own. Answers its name. */
export async function ownImage(engine: EngineClient): Promise<string> {
  const name = `own-${randomUUID()}:1`
  const files = { Dockerfile: `FROM ${gameImage}\nCOPY own /own\n`, own: name }
  await untilDone(engine, { path: '/build', query: { t: name }, archive: tarball(files) })
  return name
}

/** One that this machine does not have, as Docker calls it. */
export const foreignArchitecture = process.arch === 'arm64' ? 'amd64' : 'arm64'

/** Nothing but a file, for another processor. Answers its name. */
export async function foreignImage(engine: EngineClient): Promise<string> {
  const name = `foreign-${randomUUID()}:1`
  const layer = plainTar({ 'a file': name })
  const hash = createHash('sha256').update(layer).digest('hex')
  const config = { architecture: foreignArchitecture, os: 'linux', config: {} }
  const rootfs = { type: 'layers', diff_ids: [`sha256:${hash}`] }
  const archive = tarball({
    'config.json': JSON.stringify({ ...config, rootfs }),
    'layer.tar': layer,
    'manifest.json': JSON.stringify([
      { Config: 'config.json', RepoTags: [name], Layers: ['layer.tar'] },
    ]),
  })
  await untilDone(engine, { path: '/images/load', query: {}, archive })
  return name
}

interface Upload {
  readonly path: string
  readonly query: Record<string, string>
  readonly archive: Uint8Array
}

async function untilDone(engine: EngineClient, { path, query, archive }: Upload): Promise<void> {
  const answer = await engine.stream({
    ...{ method: 'POST', path, query },
    upload: { bytes: Readable.from([archive]), contentType: 'application/x-tar' },
  })
  for await (const line of jsonLines(answer)) {
    const { error } = line as { error?: string }
    if (error !== undefined) throw new Error(error)
  }
}
