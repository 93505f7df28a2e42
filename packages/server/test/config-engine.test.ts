/** Which Docker engine is meant when the settings name none: the one that Docker's own client would use. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Config, ConfigError, readConfig } from '../src/config.ts'

const containersOf = (env: Record<string, string>, ...argv: string[]): Config['containers'] =>
  readConfig({ argv, env, cwd: aFolder(), isRoot: true }).containers

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-home-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function aHome(
  contexts: Record<string, { host: string; keys?: boolean }>,
  current: string,
): string {
  const home = aFolder()
  const folder = join(home, '.docker')
  mkdirSync(folder)
  for (const [name, { host, keys }] of Object.entries(contexts)) {
    const id = createHash('sha256').update(name).digest('hex')
    mkdirSync(join(folder, 'contexts/meta', id), { recursive: true })
    const meta = { Name: name, Endpoints: { docker: { Host: host } } }
    writeFileSync(join(folder, 'contexts/meta', id, 'meta.json'), JSON.stringify(meta))
    if (keys) mkdirSync(join(folder, 'contexts/tls', id, 'docker'), { recursive: true })
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: current }))
  return home
}

test('DOCKER_HOST names it, with the certificates beside it where TLS is wanted', () => {
  const env = { DOCKER_HOST: 'tcp://10.0.0.6:2376', DOCKER_CERT_PATH: '/keys' }
  expect(containersOf(env)).toMatchObject({ engine: 'tcp://10.0.0.6:2376' })
  expect(containersOf(env)).not.toHaveProperty('certificates')
  expect(containersOf({ ...env, DOCKER_TLS_VERIFY: '1' })).toMatchObject({ certificates: '/keys' })
})

test('the context of the client does, and DOCKER_CONTEXT another one', () => {
  const contexts = {
    lab: { host: 'tcp://lab:2376', keys: true },
    mine: { host: 'unix:///run/user/7/docker.sock' },
  }
  const HOME = aHome(contexts, 'lab')
  const lab = containersOf({ HOME })
  expect(lab.engine).toBe('tcp://lab:2376')
  expect(lab.certificates).toMatch(/contexts\/tls\/[0-9a-f]{64}\/docker$/)
  const mine = containersOf({ HOME, DOCKER_CONTEXT: 'mine' })
  expect(mine).toMatchObject({ engine: 'unix:///run/user/7/docker.sock' })
  expect(mine).not.toHaveProperty('certificates')
})

test('without both it is a socket that is there, else that of the machine', () => {
  const HOME = aHome({}, 'default')
  const socket = join(HOME, '.docker/run/docker.sock')
  mkdirSync(join(HOME, '.docker/run'))
  expect(containersOf({ HOME: aFolder() }).engine).toBe('unix:///var/run/docker.sock')
  writeFileSync(socket, '')
  expect(['unix:///var/run/docker.sock', `unix://${socket}`]).toContain(
    containersOf({ HOME }).engine,
  )
})

test('what the settings name wins, and takes no certificates of another engine', () => {
  const env = { DOCKER_HOST: 'tcp://far:2376', DOCKER_CERT_PATH: '/keys', DOCKER_TLS_VERIFY: '1' }
  const named = containersOf(env, '--containers-engine=tcp://near:1')
  expect(named.engine).toBe('tcp://near:1')
  expect(named).not.toHaveProperty('certificates')
})

test('one that only the client can reach is refused where it is needed, with the way out', () => {
  const env = { DOCKER_HOST: 'npipe:////./pipe/docker' }
  expect(containersOf(env).engine).toBe('npipe:////./pipe/docker')
  expect(() => containersOf(env, '--docker')).toThrow(ConfigError)
  expect(() => containersOf(env, '--docker')).toThrow(/"npipe:.*containers\.engine/)
})
