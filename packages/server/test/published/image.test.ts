/**
 * The container image of the server. No base image can be pulled in a test: its last stage is built FROM scratch, over
 * the Node of this repository and a shell in place of Debian's. What the first stage does is `npm run build`.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { containerName } from '../../src/drivers/docker/container-spec.ts'
import type { EngineClient } from '../../src/drivers/docker/engine-client.ts'
import { outputOf } from '../../src/drivers/docker/exec.ts'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { buildImageOf, copyBusybox, copyProgram, gameImage } from '../support/docker/game-image.ts'
import { type SharedEngine, sharedEngine } from '../support/docker/shared-engine.ts'
import { eventually } from '../support/eventually.ts'
import { tarball } from '../support/tarball.ts'
import { output, repository } from './packed.ts'
import { runGame, sampleGame } from './run-game.ts'

const hindrance = engineHindrance()
const base = 'node:24-bookworm-slim'

/** The last stage, without what a registry or the first stage would give. */
function lastStage(): string {
  const text = readFileSync(join(repository, 'examples/container/Dockerfile'), 'utf8')
  const stage = text.slice(text.lastIndexOf(`FROM ${base}\n`))
  return stage
    .replace(`FROM ${base}\n`, 'FROM scratch\nCOPY root /\n')
    .replace('COPY --from=build /hatchery/dist/hatchery ', 'COPY hatchery ')
}

async function builtImage({ client }: SharedEngine): Promise<string> {
  const dist = mkdtempSync(join(tmpdir(), 'hatchery-dist-'))
  try {
    await output(process.execPath, [join(repository, 'scripts/build.mjs'), dist])
    return await buildImageOf(client, {
      name: 'hatchery-test-server:1',
      write: (folder) => writeContext(folder, join(dist, 'hatchery')),
    })
  } finally {
    rmSync(dist, { recursive: true })
  }
}

function writeContext(folder: string, hatchery: string): void {
  const root = join(folder, 'root')
  copyProgram(process.execPath, { root, to: '/usr/local/bin/node' })
  copyBusybox(join(root, 'bin'), ['sh', 'cat', 'ln', 'sleep', 'mkdir', 'mv', 'rm', 'kill'])
  copyBusybox(join(root, 'usr/bin'), ['env'])
  mkdirSync(join(root, 'tmp'))
  cpSync(hatchery, join(folder, 'hatchery'), { recursive: true })
  writeFileSync(join(folder, 'Dockerfile'), lastStage())
}

interface Inspected {
  readonly State: { readonly ExitCode: number; readonly Health?: { readonly Status: string } }
  readonly NetworkSettings: {
    readonly Networks: { readonly bridge: { readonly IPAddress: string } }
  }
}

/** As flags of `docker run` say it. */
interface HowToRun {
  readonly command?: readonly string[]
  readonly env?: readonly string[]
  readonly volumes?: readonly string[]
  readonly pid?: 'host'
}

/** A container as `docker run --init` starts it; removed with the test. */
async function started({ client }: SharedEngine, { command, env, volumes, pid }: HowToRun) {
  const { Id } = await client.call<{ Id: string }>({
    ...{ method: 'POST', path: '/containers/create' },
    body: {
      ...{ Image: image, Cmd: command, Env: env },
      HostConfig: { Init: true, Binds: volumes, PidMode: pid },
    },
  })
  const path = `/containers/${Id}`
  onTestFinished(async () => {
    await client.call({ method: 'DELETE', path, query: { force: '1', v: '1' } })
  })
  await client.call({ method: 'POST', path: `${path}/start` })
  return { id: Id, path, inspect: () => inspected(client, path) }
}

const inspected = (client: EngineClient, path: string): Promise<Inspected> =>
  client.call<Inspected>({ method: 'GET', path: `${path}/json` })

/** How to reach the server in the container, once it answers. */
async function reach(engine: SharedEngine, { id, inspect }: Awaited<ReturnType<typeof started>>) {
  const { NetworkSettings } = await inspect()
  const serverURL = `http://${NetworkSettings.Networks.bridge.IPAddress}:4282`
  await eventually('it answers', async () => {
    const answer = await fetch(`${serverURL}/health`).catch(() => undefined)
    return answer?.ok
  })
  const token = await outputOf(engine.client, id, ['cat', '/var/lib/hatchery/.hatchery/token'])
  return { serverURL, hathoraDevToken: token?.trim() }
}

let image = ''

describe.skipIf(hindrance !== undefined)(`the image of the server ${hindrance ?? ''}`, () => {
  beforeAll(async () => {
    image = await builtImage(await sharedEngine())
  }, 180_000)

  test('is healthy, runs games inside, and ends when it is asked to', async () => {
    const engine = await sharedEngine()
    const container = await started(engine, { env: ['HATCHERY_LOCAL_SHARE_USER=true'] })
    const { game } = await runGame(await reach(engine, container), sampleGame())
    expect(game.status).toBe('running')
    const ps = await outputOf(engine.client, container.id, ['hatchery', 'ps', '-q'])
    expect(ps).toBe(`${game.processId}\n`)
    await eventually('it is healthy', async () => {
      const { State } = await container.inspect()
      return State.Health?.Status === 'healthy'
    })
    await engine.client.call({
      ...{ method: 'POST', path: `${container.path}/stop`, query: { t: '30' } },
    })
    expect((await container.inspect()).State.ExitCode).toBe(0)
  })

  test('runs games in containers beside its own, which outlive it', async () => {
    const engine = await sharedEngine()
    const socket = engine.url.replace('unix://', '')
    const container = await started(engine, {
      ...{ command: ['serve', '--docker'], pid: 'host' },
      volumes: [`${socket}:/var/run/docker.sock`],
    })
    const options = await reach(engine, container)
    const archive = tarball({ Dockerfile: `FROM ${gameImage}\n` })
    const { game, now } = await runGame(options, archive)
    const beside = `/containers/${containerName(game.processId)}`
    onTestFinished(async () => {
      await engine.client.call({ method: 'DELETE', path: beside, query: { force: '1' } })
    })
    await engine.client.call({ method: 'POST', path: `${container.path}/kill` })
    await engine.client.call({ method: 'POST', path: `${container.path}/start` })
    await reach(engine, container)
    expect(await now()).toMatchObject({ status: 'running', startedAt: game.startedAt })
  })
})
