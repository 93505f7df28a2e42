/** How an image goes from one engine to another: through a registry that both reach, else straight through the server. */
import { readFileSync } from 'node:fs'
import { DriverError } from '../../domain/driver.ts'
import { createBuildOutput, takeAll } from './build-output.ts'
import type { EngineClient } from './engine-client.ts'
import { isMissing } from './engine-error.ts'
import { registryAuth } from './puller.ts'

export interface ImageCopy {
  readonly from: EngineClient
  readonly to: EngineClient
  readonly contentHash: string
  readonly signal: AbortSignal
  /** Called once it is there, to give it a name that it keeps. */
  readonly keep: () => Promise<void>
}

export type CopyImage = (copy: ImageCopy) => Promise<void>

/** As it comes: it is nowhere kept between them. */
export const copyDirectly: CopyImage = async ({ from, to, contentHash, signal, keep }) => {
  const path = `/images/sha256:${contentHash}/get`
  const bytes = await from.stream({ method: 'GET', path, signal })
  try {
    const answer = await to.stream({
      ...{ method: 'POST', path: '/images/load', query: { quiet: '1' }, signal },
      upload: { bytes, contentType: 'application/x-tar' },
    })
    await takeAll(
      answer,
      createBuildOutput(() => undefined),
      to.url,
    )
    await keep()
  } finally {
    bytes.destroy()
  }
}

export interface SharedRegistry {
  /** `registry.example.com:5000/hatchery`: where images of this installation are kept. */
  readonly repository: string
  /** A file with `USER:PASSWORD`, read for each copy; undefined where none is needed. */
  readonly loginFile: string | undefined
}

/** The one engine pushes it, layers that are there already are left out, and the other one pulls it. */
export const copyThrough =
  ({ repository, loginFile }: SharedRegistry): CopyImage =>
  async ({ from, to, contentHash, signal, keep }) => {
    const headers = { 'x-registry-auth': authIn(loginFile, repository) }
    const tag = contentHash
    const nothing = createBuildOutput(() => undefined)
    const named = { repo: repository, tag }
    await from.call({ method: 'POST', path: `/images/sha256:${contentHash}/tag`, query: named })
    try {
      const push = { method: 'POST', path: `/images/${repository}/push`, query: { tag } } as const
      await takeAll(await from.stream({ ...push, headers, signal }), nothing, from.url)
      const query = { fromImage: repository, tag }
      const pull = { method: 'POST', path: '/images/create', query } as const
      await takeAll(await to.stream({ ...pull, headers, signal }), nothing, to.url)
      await keep()
    } finally {
      // A name that stayed would keep the image from ever being cleaned away.
      for (const engine of [from, to]) await forgetName(engine, `${repository}:${tag}`)
    }
  }

/** Takes the registry's name of an image away, which its other names outlive; where it is not known nothing happens. */
async function forgetName(engine: EngineClient, name: string): Promise<void> {
  try {
    await engine.call({ method: 'DELETE', path: `/images/${name}`, query: { noprune: '1' } })
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

function authIn(file: string | undefined, repository: string): string {
  if (file === undefined) return registryAuth({})
  const login = readLogin(file)
  const [username = '', ...rest] = login.split(':')
  const [serveraddress = ''] = repository.split('/')
  return registryAuth({ username, password: rest.join(':'), serveraddress })
}

function readLogin(file: string): string {
  try {
    const login = readFileSync(file, 'utf8').trim()
    if (login.includes(':')) return login
  } catch (cause) {
    throw new DriverError(`the login of the registry cannot be read from ${file}`, {
      ...{ temporary: true, cause },
    })
  }
  throw new DriverError(`${file} must have USER:PASSWORD in one line`, { temporary: true })
}
