/** Servers that crash, hang, hide or eat: each ends in the right status, reason and exit code, and leaves nothing. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessV3 } from '@hathora/cloud-sdk-typescript/models/components/index.js'
import { describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { createSkippingClock } from '../support/skipping-clock.ts'
import { textOf } from '../support/upload.ts'
import {
  type Order,
  burstLines,
  elsewhere,
  obedient,
  order,
  overTcp,
  scribbling,
  shell,
  stubborn,
} from './odd-servers.ts'
import {
  type Playground,
  built,
  deployed,
  ended,
  openPlayground,
  openPlaygroundAt,
  pidsOf,
  portOf,
  running,
  stopped,
  timesOf,
  viewOf,
} from './playground.ts'

interface Ending {
  readonly status: 'stopped' | 'failed'
  readonly reason: string
  readonly exitCode: number | null
}

/** Its final record, our view of it and its times are as they should be, and nothing of it runs any more. */
async function expectEnding(
  playground: Playground,
  { processId }: ProcessV3,
  { status, reason, exitCode }: Ending,
): Promise<ProcessV3> {
  const final = await ended(playground, processId)
  const times = timesOf(final)
  expect(final.status).toBe(status)
  expect(final.summaryExitReason).toBe(reason)
  expect(final).toMatchObject({ exposedPort: null, additionalExposedPorts: [] })
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(final.terminatedAt).not.toBeNull()
  await expect(viewOf(playground, processId)).resolves.toMatchObject({ exitCode })
  await eventually('nothing of it is left', () => pidsOf(processId).length === 0)
  return final
}

const logOf = async ({ cloud }: Playground, processId: string): Promise<string> =>
  textOf(await cloud.logsV1.downloadLogForProcess(processId))

/** The deployment's process, from when it has its port on. */
async function scheduled(playground: Playground): Promise<ProcessV3> {
  const { processId } = await playground.cloud.processesV3.createProcess('Seattle')
  return await eventually('it has its port', async () => {
    const process = await playground.cloud.processesV3.getProcess(processId)
    return process.exposedPort !== null && process
  })
}

describe('a server that runs and then', () => {
  const endings: readonly (Ending & { does: string; order: Order })[] = [
    {
      does: 'ends well, is stopped',
      order: 'exit 0',
      status: 'stopped',
      reason: 'exited with code 0',
      exitCode: 0,
    },
    {
      does: 'ends with an error, failed',
      order: 'exit 3',
      status: 'failed',
      reason: 'exited with code 3',
      exitCode: 3,
    },
    {
      does: 'crashes, failed by that signal',
      order: 'crash',
      status: 'failed',
      reason: 'killed by signal SIGSEGV',
      exitCode: null,
    },
    {
      does: 'leaves a child in a session of its own, is stopped together with that',
      order: 'leave',
      status: 'stopped',
      reason: 'exited with code 0',
      exitCode: 0,
    },
  ]

  test.each(endings)('$does', async ({ order: text, ...ending }) => {
    const playground = await openPlayground()
    await deployed(playground, obedient)
    const process = await running(playground)

    await order(portOf(process), text)

    const final = await expectEnding(playground, process, ending)
    expect(final.stoppingAt).toBeNull()
    expect(timesOf(final)).toHaveLength(5)
  })

  test('eats more memory than it asked for, failed by its limit', async ({ skip }) => {
    const playground = await openPlayground()
    await deployed(playground, obedient)
    const process = await running(playground)
    const { limits } = await viewOf(playground, process.processId)
    if (limits === 'counted') skip('this machine lets nobody set limits: no cgroups can be written')

    await order(portOf(process), 'eat')

    await expectEnding(playground, process, {
      status: 'failed',
      reason: 'out of memory (limit 512 MB)',
      exitCode: null,
    })
  })

  test('changes the files of its archive, does so for itself alone', async () => {
    const playground = await openPlayground()
    await deployed(playground, scribbling)
    for (const { processId } of [await running(playground), await running(playground)]) {
      const log = await textOf(await playground.cloud.logsV1.getLogsForProcess(processId))
      expect(log).toBe('as it was world.txt\n')
      await stopped(playground, processId)
    }
  })

  test('says nothing for a while, is followed without waiting for its first line', async () => {
    const playground = await openPlayground()
    await deployed(playground, obedient)
    const process = await running(playground)
    const { logsV1 } = playground.cloud

    const log = await logsV1.getLogsForProcess(process.processId, undefined, true)
    await order(portOf(process), 'say hello')
    await order(portOf(process), 'exit 0')

    await expect(textOf(log)).resolves.toBe('hello\n')
  })

  test('writes 5 MB in a burst, loses no line of it', async () => {
    const playground = await openPlayground()
    await deployed(playground, obedient)
    const process = await running(playground)
    const { processId } = process
    const { logsV1 } = playground.cloud
    const lines = burstLines(54_000)

    await order(portOf(process), 'burst 54000')
    await eventually('its last line is there', async () => {
      const last = await textOf(await logsV1.getLogsForProcess(processId, undefined, false, 1))
      return last === `${lines.at(-1)}\n`
    })
    const tail = await textOf(await logsV1.getLogsForProcess(processId, undefined, false, 5_000))
    await stopped(playground, processId)

    expect(tail).toBe(`${lines.slice(-5_000).join('\n')}\n`)
    await expect(logOf(playground, processId)).resolves.toBe(`${lines.join('\n')}\n`)
  })

  test('ignores SIGTERM, is killed after the grace time together with its children', async () => {
    const playground = await openPlayground()
    await deployed(playground, stubborn)
    const process = await running(playground)
    expect(pidsOf(process.processId).length).toBeGreaterThanOrEqual(2)

    await playground.cloud.processesV3.stopProcess(process.processId)

    const final = await expectEnding(playground, process, {
      status: 'stopped',
      reason: 'stopped on request',
      exitCode: null,
    })
    const graceMs = Number(final.terminatedAt) - Number(final.stoppingAt)
    expect(graceMs).toBeGreaterThan(900)
    await expect(logOf(playground, process.processId)).resolves.toBe('no\n')
  })
})

/** How long a process may take to bind its port. */
const bindMs = 100_000

/** The driver has seen that it listens on another port than its own. */
const boundInstead = ({ hatchery }: Playground, { processId }: ProcessV3): Promise<true> =>
  eventually('it was seen on another port', () =>
    existsSync(join(hatchery.data, 'run', processId, 'instead')),
  )

describe('a server that never comes up', () => {
  const commands: readonly (Ending & { does: string; command: string })[] = [
    {
      does: 'ends with an error before it binds',
      command: 'read line; exit 4',
      status: 'failed',
      reason: 'exited with code 4',
      exitCode: 4,
    },
    {
      does: 'ends without an error before it binds',
      command: 'true',
      status: 'failed',
      reason: 'exited with code 0',
      exitCode: 0,
    },
    {
      does: 'names a program that is not there',
      command: 'true && ./servre --fast',
      status: 'failed',
      reason: 'exited with code 127',
      exitCode: 127,
    },
  ]

  test.each(commands)('$does has failed', async ({ command, ...ending }) => {
    const playground = await openPlayground()
    await deployed(playground, shell(command))

    const process = await playground.cloud.processesV3.createProcess('Seattle')

    const final = await expectEnding(playground, process, ending)
    expect(final).toMatchObject({ startedAt: null, stoppingAt: null })
  })

  test('has failed when its program cannot be executed, and its log tells why', async () => {
    const playground = await openPlayground()
    const files = {
      Procfile: 'server: ./server --fast\n',
      server: '#!/usr/bin/env no-such-program\n',
    }
    await deployed(playground, files)

    const process = await playground.cloud.processesV3.createProcess('Seattle')

    await expectEnding(playground, process, {
      status: 'failed',
      reason: 'exited with code 127',
      exitCode: 127,
    })
    await expect(logOf(playground, process.processId)).resolves.toMatch(/no-such-program/)
  })

  test('is not even built when its program is not marked as one', async () => {
    const playground = await openPlayground()

    const build = built(playground, { Procfile: 'server: ./server\n', server: 'not a program' })

    await expect(build).rejects.toThrow(/build failed:.*"\.\/server" is not executable/s)
  })

  test('has failed when it binds nothing in time', async () => {
    const playground = await openPlayground('--limits-bind-seconds=1')
    await deployed(playground, shell('exec sleep 600'))

    const process = await scheduled(playground)

    const final = await expectEnding(playground, process, {
      status: 'failed',
      reason: `did not bind ${portOf(process)}/udp within 1 s`,
      exitCode: null,
    })
    expect(final.startedAt).toBeNull()
    expect(Number(final.stoppingAt) - Number(final.bootedAt)).toBeGreaterThanOrEqual(1_000)
  })

  test('has failed when it binds another port, and its log tells which', async () => {
    const clock = createSkippingClock()
    const playground = await openPlaygroundAt(clock)
    await deployed(playground, elsewhere)

    const process = await scheduled(playground)
    await boundInstead(playground, process)
    clock.skip(bindMs)

    const port = portOf(process)
    const said = `bound ${port + 1}/udp instead of ${port}/udp: read PORT`
    await expectEnding(playground, process, {
      status: 'failed',
      reason: `did not bind ${port}/udp within 100 s: ${said}`,
      exitCode: null,
    })
    await expect(logOf(playground, process.processId)).resolves.toBe(`hatchery: ${said}\n`)
  })

  test('has failed when it binds its port with the wrong transport', async () => {
    const clock = createSkippingClock()
    const playground = await openPlaygroundAt(clock)
    await deployed(playground, overTcp)

    const process = await scheduled(playground)
    await boundInstead(playground, process)
    clock.skip(bindMs)

    const port = portOf(process)
    await expectEnding(playground, process, {
      status: 'failed',
      reason: `did not bind ${port}/udp within 100 s: bound ${port}/tcp instead of ${port}/udp: deploy it with transportType tcp`,
      exitCode: null,
    })
  })

  test('is stopped when that is asked before it binds', async () => {
    const playground = await openPlayground()
    await deployed(playground, shell('exec sleep 600'))
    const process = await scheduled(playground)

    await stopped(playground, process.processId)

    const final = await expectEnding(playground, process, {
      status: 'stopped',
      reason: 'stopped on request',
      exitCode: null,
    })
    expect(final.startedAt).toBeNull()
  })

  test('is stopped when that is asked at once, wherever its start is just then', async () => {
    const playground = await openPlayground()
    await deployed(playground, stubborn)
    const { processesV3 } = playground.cloud

    const processes = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const process = await processesV3.createProcess('Seattle')
        await processesV3.stopProcess(process.processId)
        return process
      }),
    )

    for (const { processId } of processes) {
      const final = await ended(playground, processId)
      const times = timesOf(final)
      expect(final).toMatchObject({ status: 'stopped', summaryExitReason: 'stopped on request' })
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      await eventually('nothing of it is left', () => pidsOf(processId).length === 0)
    }
  })
})
