/** An engine that is killed under running games, and comes back. */
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { createEngineClient } from '../../src/drivers/docker/engine-client.ts'
import {
  endEngine,
  engineHindrance,
  removeEngine,
  startEngine,
} from '../support/docker/engine-process.ts'
import { buildImage, gameImage } from '../support/docker/game-image.ts'
import { eventually } from '../support/eventually.ts'
import { textOf } from '../support/upload.ts'
import {
  type Playground,
  deployed,
  ended,
  openPlayground,
  reopened,
  running,
  stopped,
} from './playground.ts'

const hindrance = engineHindrance()

describe.skipIf(hindrance !== undefined)(`an engine that is killed ${hindrance ?? ''}`, () => {
  async function open(name: string, flags: string[]) {
    const folder = inject('engineFolder').replace(/shared$/, name)
    const number = 200 + (process.pid % 50)
    const begin = (): Promise<string> => startEngine(folder, number, flags)
    onTestFinished(() => removeEngine(folder))
    const url = await begin()
    const client = createEngineClient({ url })
    onTestFinished(client.close)
    await buildImage(client)
    const place = await openPlayground('--docker', `--containers-engine=${url}`)
    const env = [{ name: 'GAME_DOES', value: 'count' }]
    await deployed(place, { Dockerfile: `FROM ${gameImage}\n` }, { env })
    return { place, begin, kill: () => endEngine(folder, 'SIGKILL') }
  }

  const linesOf = async ({ cloud }: Playground, processId: string): Promise<string[]> =>
    (await textOf(await cloud.logsV1.downloadLogForProcess(processId))).split('\n').slice(1, -1)

  test('with live-restore costs no game and no line of its log, over a restart of the server too', async () => {
    const { place, begin, kill } = await open('live', ['--live-restore'])
    const { processId } = await running(place)
    await kill()
    await begin()
    const later = await reopened(place)
    await kill()
    await begin()
    const after = await later.cloud.processesV3.getProcess(processId)
    expect(after.status).toBe('running')
    await stopped(later, processId)
    const lines = await linesOf(later, processId)
    expect(lines).toEqual(lines.map((_, i) => `line ${i + 1}`))
  })

  test('without it ends the games when it is back, which is recorded', async () => {
    const { place, begin, kill } = await open('plain', [])
    const { processId } = await running(place)
    await kill()
    await begin()
    const process = await ended(place, processId)
    expect(process.summaryExitReason).toMatch(/^(exited with code|killed by signal) /)
    const { processId: next } = await eventually('another one starts', () => running(place))
    await stopped(place, next)
  })
})
