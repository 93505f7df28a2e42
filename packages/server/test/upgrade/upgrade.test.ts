/** Today's server on what the first version left, with games of that time alive. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contradictionsIn } from '../backup/taken.ts'
import { eventually } from '../support/eventually.ts'
import { ownRange } from '../support/own-range.ts'
import { startHatchery } from '../support/start-hatchery.ts'
import { textOf } from '../support/upload.ts'
import { type FirstVersion, aFirstVersion } from './first-version.ts'

const aPort = (): number => ownRange(20_000, 40, 300).from

const startToday = ({ data, flags }: FirstVersion) =>
  startHatchery({
    ...{ driver: 'local', data },
    // What ended in that year stays, whatever year it is.
    flags: [...flags, '--limits-grace-seconds=1', '--retention-process-days=0'],
  })

test('a game of the first version goes on under its id and port, and can be stopped', async () => {
  const first = await aFirstVersion(aPort())
  const { appId, processId, port, pid } = first

  const { client, token, server } = await startToday(first)

  expect(token).toBe(first.token)
  expect(server.adopted).toBe(1)
  const all = await client.processesV3.getLatestProcesses(appId)
  expect(all.map(({ status, region }) => [status, region])).toEqual([
    ['stopped', 'Tokyo'],
    ['running', 'Seattle'],
  ])
  const alive = await client.processesV3.getProcess(processId, appId)
  expect(alive).toMatchObject({
    status: 'running',
    roomsPerProcess: 3,
    roomsAllocated: 0,
    exposedPort: { host: '127.0.0.1', port, transportType: 'udp', name: 'default' },
    createdAt: new Date(1_795_631_556_618),
  })
  const log = await client.logsV1.getLogsForProcess(processId, appId)
  await expect(textOf(log)).resolves.toBe('from the first version\n')
  await client.processesV3.stopProcess(processId, appId)
  const final = await eventually('it is stopped', async () => {
    const process = await client.processesV3.getProcess(processId, appId)
    return process.terminatedAt !== null && process
  })
  expect(final).toMatchObject({ status: 'stopped', summaryExitReason: 'stopped on request' })
  await eventually('its program is gone', () => !isThere(pid))
  await server.settled()
  expect(readdirSync(join(first.data, 'run')).filter((name) => !name.startsWith('.'))).toEqual([])
  await server.close()
  expect(contradictionsIn(first.data)).toEqual([])
})

test('its applications, builds and deployments are there, and make new processes', async () => {
  const first = await aFirstVersion(aPort())
  const { appId } = first
  const { client, server } = await startToday(first)

  const { applications } = await client.appsV2.getApps()
  expect(applications.map(({ appName }) => appName)).toEqual(['arena'])
  const { builds } = await client.buildsV3.getBuilds()
  expect(builds).toMatchObject([{ buildTag: 'spring', status: 'succeeded' }])
  const made = await client.processesV3.createProcess('Seattle', appId)
  const running = await eventually('a new one runs', async () => {
    const process = await client.processesV3.getProcess(made.processId, appId)
    return process.status !== 'starting' && process
  })
  expect(running).toMatchObject({ status: 'running', roomsPerProcess: 3 })
  for (const { processId } of await client.processesV3.getLatestProcesses(appId, ['running']))
    await client.processesV3.stopProcess(processId, appId)
  await eventually('all are stopped', async () => {
    const left = await client.processesV3.getLatestProcesses(appId, ['running', 'stopping'])
    return left.length === 0
  })
  await server.close()
  expect(contradictionsIn(first.data)).toEqual([])
})

test('a game of the first version that ended while no server ran is recorded as it ended', async () => {
  const first = await aFirstVersion(aPort())
  const { appId, processId, pid, data } = first
  process.kill(pid, 'SIGSEGV')
  const exit = join(data, 'run', processId, 'exit')
  await eventually('its shim wrote how', () => contentOf(exit).endsWith('\n'))

  const { client } = await startToday(first)

  const final = await eventually('it is recorded', async () => {
    const one = await client.processesV3.getProcess(processId, appId)
    return one.terminatedAt !== null && one
  })
  expect(final).toMatchObject({ status: 'failed', summaryExitReason: 'killed by signal SIGSEGV' })
})

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
