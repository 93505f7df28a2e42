/** The server is stopped and started again while games run: none of them notices. */
import { describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { textOf } from '../support/upload.ts'
import { games, missing } from './games.ts'
import { type Order, obedient, order, stubborn } from './odd-servers.ts'
import {
  type Playground,
  deployed,
  ended,
  openPlayground,
  pidsOf,
  portOf,
  reopened,
  running,
  stopped,
  timesOf,
  until,
  viewOf,
} from './playground.ts'

const logOf = async ({ cloud }: Playground, processId: string): Promise<string> =>
  textOf(await cloud.logsV1.getLogsForProcess(processId))

describe.each(games)('$name', { timeout: 120_000 }, (game) => {
  test('goes on under its id and port when the server is restarted', async ({ skip }) => {
    const reason = missing(game)
    if (reason !== undefined) skip(reason)
    const before = await openPlayground()
    await deployed(
      before,
      { Procfile: game.procfile },
      { transportType: game.transportType, requestedCPU: 2 },
    )
    const process = await running(before)
    const pids = pidsOf(process.processId)
    const log = await eventually('its log tells that it runs', async () => {
      const text = await logOf(before, process.processId)
      return game.logLine.test(text) && text
    })

    const after = await reopened(before)

    expect(after.hatchery.server.adopted).toBe(1)
    const adopted = await after.cloud.processesV3.getProcess(process.processId)
    expect(adopted).toEqual(process)
    expect(pidsOf(process.processId)).toEqual(pids)
    await expect(game.ask(portOf(adopted))).resolves.toBe(game.answer)
    expect((await logOf(after, process.processId)).startsWith(log)).toBe(true)
    const final = await stopped(after, process.processId)
    expect(final.summaryExitReason).toBe('stopped on request')
  })
})

/** Ends the server, lets `meanwhile` happen, and starts another on the same data. */
async function whileNoServerRuns(
  playground: Playground,
  meanwhile: () => Promise<void>,
): Promise<Playground> {
  await playground.hatchery.server.close()
  await meanwhile()
  return await reopened(playground)
}

describe('a game that ends while no server runs', () => {
  const endings: readonly (Ending & { order: Order })[] = [
    { order: 'exit 0', status: 'stopped', reason: 'exited with code 0', exitCode: 0 },
    { order: 'exit 3', status: 'failed', reason: 'exited with code 3', exitCode: 3 },
    { order: 'crash', status: 'failed', reason: 'killed by signal SIGSEGV', exitCode: null },
  ]
  test.each(endings)('is known to have $status: $reason', async (ending) => {
    const before = await openPlayground()
    await deployed(before, obedient)
    const process = await running(before)
    const { processId } = process

    const after = await whileNoServerRuns(before, async () => {
      await order(portOf(process), ending.order)
      await eventually('it is gone', () => pidsOf(processId).length === 0)
    })

    const final = await ended(after, processId)
    const { status, reason, exitCode } = ending
    expect(final).toMatchObject({ status, summaryExitReason: reason, exposedPort: null })
    expect(final.startedAt).toEqual(process.startedAt)
    expect(timesOf(final)).toEqual(timesOf(final).toSorted((a, b) => a - b))
    await expect(viewOf(after, processId)).resolves.toMatchObject({ exitCode })
  })
})

interface Ending {
  readonly status: 'stopped' | 'failed'
  readonly reason: string
  readonly exitCode: number | null
}

test('what a game writes while no server runs is in its log', async () => {
  const before = await openPlayground()
  await deployed(before, obedient)
  const process = await running(before)
  const { processId } = process
  const says = async (playground: Playground, word: string): Promise<void> => {
    await order(portOf(process), `say ${word}`)
    await eventually(`${word} is in its log`, async () =>
      (await logOf(playground, processId)).endsWith(`${word}\n`),
    )
  }
  await says(before, 'one')

  const after = await whileNoServerRuns(before, () => order(portOf(process), 'say two'))

  await says(after, 'three')
  await stopped(after, processId)
  const whole = await textOf(await after.cloud.logsV1.downloadLogForProcess(processId))
  expect(whole).toBe('one\ntwo\nthree\n')
})

test('a process that is being started when the server stops is started once', async () => {
  const before = await openPlayground()
  await deployed(before, obedient)
  const { processId } = await before.cloud.processesV3.createProcess('Seattle')

  const after = await reopened(before)

  await until(after, processId, 'running')
  expect(pidsOf(processId)).toHaveLength(1)
  await stopped(after, processId)
})

test('a stop that was asked for goes on to its end after a restart', async () => {
  const before = await openPlayground()
  await deployed(before, stubborn)
  const { processId } = await running(before)
  await before.cloud.processesV3.stopProcess(processId)

  const after = await reopened(before)

  const final = await until(after, processId, 'stopped')
  expect(final.summaryExitReason).toBe('stopped on request')
  await eventually('nothing of it is left', () => pidsOf(processId).length === 0)
})
