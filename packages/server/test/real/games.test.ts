/** Real game servers through the official client: from an archive to a player's answer and to the end. */
import { createHash, randomBytes } from 'node:crypto'
import { type TestContext, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { textOf } from '../support/upload.ts'
import { type Game, games, missing } from './games.ts'
import {
  type Playground,
  deployed,
  ended,
  openPlayground,
  pidsOf,
  portOf,
  running,
  stopped,
  timesOf,
  until,
  viewOf,
} from './playground.ts'

/** An open playground with the game deployed; skips the test where it is not installed. */
async function withGame(game: Game, { skip }: TestContext): Promise<Playground> {
  const reason = missing(game)
  if (reason !== undefined) skip(reason)
  const playground = await openPlayground()
  await deployed(
    playground,
    { Procfile: game.procfile },
    { transportType: game.transportType, requestedCPU: 2 },
  )
  return playground
}

const ids = (processes: readonly { processId: string }[]): string[] =>
  processes.map(({ processId }) => processId)

type Filters = Parameters<Playground['cloud']['processesV3']['getLatestProcesses']>

/** Ids of the processes that the list has for these filters, which the count must agree with. */
const matchingIn =
  ({ cloud }: Playground) =>
  async (status?: Filters[1], region?: Filters[2], before?: Filters[3]): Promise<string[]> => {
    const filters: Filters = [undefined, status, region, before]
    const listed = await cloud.processesV3.getLatestProcesses(...filters)
    const { count } = await cloud.processesV3.getProcessesCountExperimental(...filters)
    expect(count).toBe(listed.length)
    return ids(listed)
  }

describe.each(games)('$name', { timeout: 120_000 }, (game) => {
  test('goes from an archive to a player who gets an answer, and ends on request', async (context) => {
    const playground = await withGame(game, context)
    const { cloud } = playground

    const accepted = await cloud.processesV3.createProcess('Seattle')
    const process = await until(playground, accepted.processId, 'running')

    expect(process).toMatchObject({ region: 'Seattle', terminatedAt: null, stoppingAt: null })
    expect(process.exposedPort).toMatchObject({
      host: '127.0.0.1',
      name: 'default',
      transportType: game.transportType,
    })
    await expect(game.ask(portOf(process))).resolves.toBe(game.answer)

    const final = await stopped(playground, process.processId)

    expect(final).toMatchObject({ status: 'stopped', summaryExitReason: 'stopped on request' })
    expect(final.exposedPort).toBeNull()
    const times = timesOf(final)
    expect(times).toHaveLength(6)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[0]).toBe(accepted.createdAt.getTime())
    await eventually('nothing of it is left', () => pidsOf(process.processId).length === 0)
  })

  test('runs several times at once, each on a port of its own where it answers', async (context) => {
    const playground = await withGame(game, context)

    const processes = await Promise.all([1, 2, 3, 4, 5].map(() => running(playground)))

    const ports = processes.map(portOf)
    expect(new Set(ports).size).toBe(5)
    await expect(Promise.all(ports.map(game.ask))).resolves.toEqual(ports.map(() => game.answer))
    await Promise.all(ids(processes).map((id) => stopped(playground, id)))
  })

  test('is measured while it is played', async (context) => {
    const playground = await withGame(game, context)
    const { processId, ...process } = await running(playground)
    const { exposedPort } = process

    const last = await eventually('CPU and memory are above zero', async () => {
      await game.ask(exposedPort?.port ?? 0)
      const points = await playground.cloud.processesV3.getProcessMetrics({
        processId,
        metrics: ['cpu', 'memory'],
        step: 1,
      })
      const cpu = points.cpu?.find(({ value }) => value > 0)
      const memory = points.memory?.find(({ value }) => value > 0)
      return cpu !== undefined && memory !== undefined && { cpu, memory }
    })

    expect(last.memory.value).toBeGreaterThan(1_000_000)
    expect(last.cpu.value).toBeLessThan(4)
    expect(last.cpu.timestamp).toBeGreaterThan(Date.now() / 1000 - 60)
    await stopped(playground, processId)
  })

  test('has its log read, followed by several at once, and downloaded after its end', async (context) => {
    const playground = await withGame(game, context)
    const { logsV1, processesV3 } = playground.cloud
    const { processId } = await processesV3.createProcess('Seattle')
    const followed = Promise.allSettled(
      [1, 2, 3].map(async () =>
        textOf(await logsV1.getLogsForProcess(processId, undefined, true, 5_000)),
      ),
    )
    await until(playground, processId, 'running')

    await eventually('its log tells that it runs', async () =>
      game.logLine.test(await textOf(await logsV1.getLogsForProcess(processId))),
    )
    const lastLine = await textOf(await logsV1.getLogsForProcess(processId, undefined, false, 1))
    await expect(logsV1.downloadLogForProcess(processId)).rejects.toMatchObject({ statusCode: 400 })
    await stopped(playground, processId)
    const whole = await textOf(await logsV1.downloadLogForProcess(processId))

    expect(whole).toMatch(game.logLine)
    expect(whole).toContain(lastLine)
    expect(lastLine.trimEnd().split('\n')).toHaveLength(1)
    const sameForAll = { status: 'fulfilled', value: whole }
    await expect(followed).resolves.toEqual([sameForAll, sameForAll, sameForAll])
  })

  test('is listed and counted by status, region and time of creation', async (context) => {
    const playground = await withGame(game, context)
    const { appId, hatchery } = playground
    const first = await running(playground, 'Seattle')
    await stopped(playground, first.processId)
    const second = await running(playground, 'Tokyo')
    const third = await running(playground, 'London')
    const matching = matchingIn(playground)
    const all = ids([third, second, first])
    const secondMs = second.createdAt.getTime()

    await expect(matching()).resolves.toEqual(all)
    await expect(matching([], [])).resolves.toEqual(all)
    await expect(matching(['running'])).resolves.toEqual(ids([third, second]))
    await expect(matching(['stopped'])).resolves.toEqual(ids([first]))
    await expect(matching(['stopped', 'running', 'failed'])).resolves.toEqual(all)
    await expect(matching(['starting', 'draining', 'stopping', 'failed'])).resolves.toEqual([])
    await expect(matching(undefined, ['Tokyo'])).resolves.toEqual(ids([second]))
    await expect(matching(undefined, ['London', 'Seattle'])).resolves.toEqual(ids([third, first]))
    await expect(matching(['running'], ['Tokyo', 'Seattle'])).resolves.toEqual(ids([second]))
    await expect(matching(['running'], ['Seattle'])).resolves.toEqual([])
    await expect(matching(undefined, undefined, secondMs)).resolves.toEqual(ids([first]))
    await expect(matching(undefined, undefined, secondMs + 1)).resolves.toEqual(
      ids([second, first]),
    )
    await expect(matching(undefined, undefined, secondMs / 1000)).resolves.toEqual(ids([first]))
    await expect(matching(['running'], ['Tokyo'], (secondMs + 1) / 1000)).resolves.toEqual(
      ids([second]),
    )

    const asGoWritesIt = encodeURIComponent((secondMs + 1).toExponential())
    const answer = await fetch(
      `${hatchery.url}/processes/v3/apps/${appId}/processes/latest?before=${asGoWritesIt}`,
      { headers: { authorization: `Bearer ${hatchery.token}` } },
    )
    expect(asGoWritesIt).toMatch(/^\d\.\d+e%2B12$/)
    expect(ids((await answer.json()) as { processId: string }[])).toEqual(ids([second, first]))
  })

  test('shows its exit code and limits in our own view of it', async (context) => {
    const playground = await withGame(game, context)
    const { processId } = await running(playground)
    await expect(viewOf(playground, processId)).resolves.toMatchObject({
      wanted: 'run',
      exitCode: null,
    })

    await stopped(playground, processId)

    await expect(viewOf(playground, processId)).resolves.toMatchObject({
      wanted: 'stop',
      exitCode: game.exitCode,
    })
  })
})

test('an archive of several parts is uploaded in parallel and arrives as it was', async () => {
  const playground = await openPlayground('--builds-part-mb=1')
  const world = randomBytes(3_400_000)
  const hash = createHash('sha256').update(world).digest('hex')
  await deployed(playground, {
    Procfile: 'server: sha256sum maps/world.bin\n',
    'maps/world.bin': world,
  })

  const { processId } = await playground.cloud.processesV3.createProcess('Seattle')
  await ended(playground, processId)

  const log = await textOf(await playground.cloud.logsV1.downloadLogForProcess(processId))
  expect(log).toContain(`${hash}  maps/world.bin`)
})
