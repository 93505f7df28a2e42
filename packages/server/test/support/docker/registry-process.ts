/** A container registry of a test's own on loopback, which asks for a password. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { EngineClient } from '../../../src/drivers/docker/engine-client.ts'
import { registryAuth } from '../../../src/drivers/docker/puller.ts'
import { jsonLines } from '../../../src/drivers/docker/events.ts'
import { freePort } from '../../drivers/support/free-port.ts'
import { eventually } from '../eventually.ts'
import { findProgram } from './engine-process.ts'

export interface Registry {
  /** `127.0.0.1:5000` */
  readonly host: string
  readonly username: string
  readonly password: string
  /** Base64 of user and password, as callers send it. */
  readonly auth: string
}

/** Why there can be none here; undefined when there can. */
export const registryHindrance = (): string | undefined =>
  findProgram('docker-registry') === undefined ? 'not installed: docker-registry' : undefined

/** Ends with the test. */
export async function startRegistry(): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-registry-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [username, password] = ['studio', 'open sesame, please']
  const host = `127.0.0.1:${await freePort()}`
  writeFileSync(join(folder, 'passwords'), `${username}:${bcryptOf(password)}\n`)
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(configOf(folder, host)))
  const registry = spawn('docker-registry', ['serve', join(folder, 'config.yml')], {
    stdio: 'ignore',
  })
  const over = once(registry, 'exit')
  onTestFinished(async () => {
    registry.kill('SIGKILL')
    await over
  })
  await eventually('the registry answers', async () => {
    return await fetch(`http://${host}/v2/`).then(
      ({ status }) => status === 401,
      () => false,
    )
  })
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  return { host, username, password, auth }
}

/** JSON is YAML. */
const configOf = (folder: string, host: string): object => ({
  version: 0.1,
  log: { level: 'error' },
  storage: { filesystem: { rootdirectory: join(folder, 'images') } },
  http: { addr: host, secret: 'of this test' },
  auth: { htpasswd: { realm: 'test', path: join(folder, 'passwords') } },
})

/** The system's crypt knows it; Node does not. */
const bcryptOf = (password: string): string =>
  execFileSync(
    'perl',
    ['-e', 'print crypt $ARGV[0], $ARGV[1]', password, `$2y$05$${'a'.repeat(21)}u`],
    {
      encoding: 'utf8',
    },
  )

/** Moves an image of the engine there, under `name`. Answers its digest. */
export async function pushTo(
  { host, username, password }: Registry,
  engine: EngineClient,
  { image, name, tag }: { image: string; name: string; tag: string },
): Promise<string> {
  const repository = `${host}/${name}`
  const auth = registryAuth({ username, password, serveraddress: host })
  const named = { repo: repository, tag }
  await engine.call({ method: 'POST', path: `/images/${image}/tag`, query: named })
  const answer = await engine.stream({
    ...{ method: 'POST', path: `/images/${repository}/push`, query: { tag } },
    headers: { 'x-registry-auth': auth },
  })
  let digest: string | undefined
  for await (const line of jsonLines(answer)) {
    const { aux, error } = line as { aux?: { Digest?: string }; error?: string }
    if (error !== undefined) throw new Error(error)
    digest = aux?.Digest ?? digest
  }
  for (const one of [`${repository}:${tag}`, image])
    await engine.call({ method: 'DELETE', path: `/images/${one}` })
  return String(digest)
}
