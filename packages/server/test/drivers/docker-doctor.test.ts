/** What `hatchery doctor` says of Docker engines. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { engineFindings } from '../../src/composition/diagnosis/engine-findings.ts'
import { readConfig } from '../../src/config.ts'
import { hindranceOf } from '../../src/drivers/docker/engine-hindrance.ts'
import { createEngineClient } from '../../src/drivers/docker/engine-client.ts'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { sharedEngine } from '../support/docker/shared-engine.ts'

const findings = (...argv: string[]) =>
  engineFindings(readConfig({ argv, env: {}, cwd: tmpdir(), isRoot: true }))

const nowhere = '--containers-engine=unix:///nowhere/docker.sock'

test('an engine that is needed and silent is a problem, one that is not needed is none', async () => {
  expect(await findings('--docker', nowhere)).toMatchObject([
    { topic: 'Docker engine at unix:///nowhere/docker.sock', state: 'no' },
  ])
  const [optional] = await findings(nowhere)
  expect(optional).toMatchObject({ state: 'limited' })
  expect(optional?.means).toMatch(/^only needed for containers: /)
})

test('not running, not allowed and unknown answers are three things, each with its way out', async () => {
  const socket = join(aFolder(), 'docker.sock')
  writeFileSync(socket, '')
  const notRunning = hindranceOf(`unix://${socket}`, await errorOf(`unix://${socket}`))
  expect(notRunning.found).toContain(socket)
  expect(notRunning.command).toMatch(/docker/)
  const refused = Object.assign(new Error('connect EACCES'), { code: 'EACCES' })
  expect(hindranceOf('unix:///a.sock', new Error('no answer', { cause: refused }))).toEqual({
    found: 'this user may not use the Docker engine at /a.sock',
    command: 'sudo usermod -aG docker "$USER" && newgrp docker',
  })
  const hindrance = hindranceOf('tcp://10.0.0.1:1', new Error('it speaks API 1.20'))
  expect(hindrance).toEqual({ found: 'it speaks API 1.20', command: undefined })
})

test('what answers and is no engine is told in the words of the answer', async () => {
  const socket = join(aFolder(), 'docker.sock')
  const server = createServer((connection) => connection.end('HTTP/1.1 503 Busy\r\n\r\n'))
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  onTestFinished(() => void server.close())
  const { found, command } = hindranceOf(`unix://${socket}`, await errorOf(`unix://${socket}`))
  expect({ found, command }).toEqual({ found: 'the engine answered 503', command: undefined })
})

async function errorOf(url: string): Promise<unknown> {
  const client = createEngineClient({ url })
  onTestFinished(client.close)
  return await client.version().catch((error: unknown) => error)
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-engine-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const hindrance = engineHindrance()

describe.skipIf(hindrance !== undefined)(`an engine that answers ${hindrance ?? ''}`, () => {
  test('is named with its version, its regions, and all that follows from how it is set up', async () => {
    const { url, client } = await sharedEngine()
    const { engine, api } = await client.version()
    const told = await findings(
      ...[`--nodes=a docker=${url},here ports=17000-17009`, '--region-nodes=Tokyo=a,Seattle=here'],
      ...['--regions=Tokyo,Seattle'],
    )
    expect(told).toMatchObject([
      {
        ...{
          topic: `Docker engine at ${url}`,
          state: 'yes',
          found: `version ${engine}, API ${api}`,
        },
        means: 'games of Tokyo run in its containers',
      },
      { topic: 'when the Docker engine is restarted', found: 'live-restore is off' },
      { topic: 'limits of containers', found: expect.stringMatching(/^cgroups version [12]/) },
      { topic: 'users of containers', state: 'limited', found: 'no user namespaces' },
      { topic: 'storage of containers', state: 'yes' },
      { topic: 'builder of images', state: 'yes' },
      { topic: 'disk of images', found: expect.stringMatching(/^\d+ MB free in \//) },
    ])
    client.close()
  })
})
