/** The server is stopped and started again while games run: none of them notices. */
import { describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { textOf } from '../support/upload.ts'
import { games, missing } from './games.ts'
import { obedient, order, stubborn } from './odd-servers.ts'
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
  until,
  viewOf,
} from './playground.ts'

const logOf = async ({ cloud }: Playground, processId: string): Promise<string> =>
  textOf(await cloud.logsV1.getLogsForProcess(processId))

describe.each(games)('$name', { timeout: 60_000 }, (game) => {
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
