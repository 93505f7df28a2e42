/**
 * The promise that no match is lost: server, launcher or both are killed at random moments while games are made,
 * stopped and end by themselves; afterwards everything that was answered is as it was answered.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Hatchery, ProcessV3 } from '@hatchery/client'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { aFolder } from '../support/start-hatchery.ts'
import { askGame, missing, tellToExit } from './kill-game.ts'
import {
  cleanUp,
  clientOf,
  deployKillGame,
  kills,
  randomFrom,
  seed,
  shuffled,
} from './kill-world.ts'
import { runsByVariable, startProgram } from './server-program.ts'

const games = 50
const flags = ['--limits-grace-seconds=10', '--ports-from=18000', '--ports-to=18499']

/** What the API promised of a process: it runs, it was asked to stop, or it was told to end with a code. */
type Promised = 'run' | 'stop' | number

test(
  'killed at random moments, nothing is lost, doubled or left over',
  { timeout: 60_000 + kills * 10_000 },
  async ({ skip }) => {
    if (missing !== undefined) skip(missing)
    console.log(`kill test with TEST_SEED=${seed}`)
    const random = randomFrom(seed)
    const data = aFolder()
    let server = await startProgram(data, flags)
    onTestFinished(async () => await cleanUp(data, server))
    const appId = await deployKillGame(clientOf(data, server), 'kill-test')
    const promised = new Map<string, Promised>()
    for (let made = 0; made < games; made += 1)
      await create(clientOf(data, server), appId, promised)
    await everyGameRuns(clientOf(data, server), appId, promised)

    let launchersKilled = 0
    for (let round = 0; round < kills; round += 1) {
      const disturbance = disturb({ client: clientOf(data, server), appId, promised, random })
      await pause(Math.floor(random() * 120))
      if (round % 3 !== 0) launchersKilled += server.killLauncher()
      if (round % 3 !== 1) await server.kill()
      await disturbance
      if (round % 3 !== 1) server = await startProgram(data, flags)
    }

    const client = clientOf(data, server)
    await eventually('everything came to rest', async () => await isAtRest(client, appId))
    await eventually('what was told to end has ended', async () => {
      const told = [...promised].filter(([, promise]) => typeof promise === 'number')
      const ended = await Promise.all(
        told.map(([processId]) => client.processesV3.getProcess(processId, appId)),
      )
      return ended.every(({ status }) => status === 'failed')
    })
    const processes = await allProcesses(data, server.address, appId)
    const known = new Map(processes.map((process) => [process.processId, process]))
    expect(new Set(known.keys())).toEqual(new Set([...known.keys(), ...promised.keys()]))
    for (const [processId, promise] of promised) {
      const process = known.get(processId)
      expect(process && { id: processId, ...outcome(process) }).toEqual({
        id: processId,
        ...expected(promise),
      })
    }
    expect((await client.processesV3.getProcessesCountExperimental(appId)).count).toBe(
      processes.length,
    )
    await runsAreTheRecords(processes)
    logsAreWhole(data, processes)
  },
)

/** The id of every process, and the port of those that run, belong to exactly one real program. */
async function runsAreTheRecords(processes: readonly ProcessV3[]): Promise<void> {
  const alive = processes.filter(({ status }) => status === 'running')
  const ids = new Set(processes.map(({ processId }) => processId))
  const runs = [...runsByVariable('HATHORA_PROCESS_ID')].filter(([processId]) => ids.has(processId))
  expect(new Map(runs.map(([processId, pids]) => [processId, pids.length]))).toEqual(
    new Map(alive.map(({ processId }) => [processId, 1])),
  )
  const ports = alive.map(({ exposedPort }) => exposedPort?.port ?? 0)
  expect(new Set(ports).size).toBe(ports.length)
  expect(await Promise.all(ports.map(askGame))).toEqual(alive.map(({ processId }) => processId))
}

/** Each game that ran says so once: nothing was started twice, and no log was lost. */
function logsAreWhole(data: string, processes: readonly ProcessV3[]): void {
  for (const { processId, startedAt } of processes) {
    if (startedAt === null) continue
    const log = readFileSync(join(data, 'logs', `${processId}.log`), 'utf8')
    expect(log.split('\n').filter((line) => line === `started ${processId}`)).toHaveLength(1)
  }
}

const outcome = ({ status, summaryExitReason }: ProcessV3) => ({
  status,
  reason: summaryExitReason,
})

function expected(promise: Promised): ReturnType<typeof outcome> {
  if (promise === 'run') return { status: 'running', reason: undefined }
  if (promise === 'stop') return { status: 'stopped', reason: 'stopped on request' }
  return { status: 'failed', reason: `exited with code ${promise}` }
}

interface Disturbance {
  readonly client: Hatchery
  readonly appId: string
  readonly promised: Map<string, Promised>
  readonly random: () => number
}

/** Makes, stops and ends some games at once. What the kill cuts off was promised nothing. */
async function disturb({ client, appId, promised, random }: Disturbance): Promise<void> {
  const running = [...promised]
    .filter(([, promise]) => promise === 'run')
    .map(([processId]) => processId)
  const [stopped = '', exiting = ''] = shuffled(running, random)
  await Promise.allSettled([
    create(client, appId, promised),
    create(client, appId, promised),
    stop({ client, appId, promised, processId: stopped }),
    exit({ client, appId, promised, processId: exiting, code: 1 + Math.floor(random() * 100) }),
  ])
}

async function create(
  client: Hatchery,
  appId: string,
  promised: Map<string, Promised>,
): Promise<void> {
  const { processId } = await client.processesV3.createProcess('Seattle', appId)
  promised.set(processId, 'run')
}

interface Ending {
  readonly client: Hatchery
  readonly appId: string
  readonly promised: Map<string, Promised>
  readonly processId: string
}

/** Whether a stop that was not answered happened is open: the process is not looked at any more. */
async function stop({ client, appId, promised, processId }: Ending): Promise<void> {
  promised.delete(processId)
  await client.processesV3.stopProcess(processId, appId)
  promised.set(processId, 'stop')
}

async function exit({
  client,
  appId,
  promised,
  processId,
  code,
}: Ending & { code: number }): Promise<void> {
  const { exposedPort, status } = await client.processesV3.getProcess(processId, appId)
  if (exposedPort === null || status !== 'running') return
  await tellToExit(exposedPort.port, code)
  promised.set(processId, code)
}

async function everyGameRuns(
  client: Hatchery,
  appId: string,
  promised: Map<string, Promised>,
): Promise<void> {
  await eventually('every game runs', async () => {
    const { count } = await client.processesV3.getProcessesCountExperimental(appId, ['running'])
    return count === promised.size
  })
}

async function isAtRest(client: Hatchery, appId: string): Promise<boolean> {
  const { count } = await client.processesV3.getProcessesCountExperimental(appId, [
    'starting',
    'stopping',
  ])
  return count === 0
}

/** Page by page, as the headers say. */
async function allProcesses(data: string, address: string, appId: string): Promise<ProcessV3[]> {
  const client = clientOf(data, { address })
  const all: ProcessV3[] = []
  let cursor: string | null = null
  do {
    const headers: Record<string, string> = cursor === null ? {} : { 'hatchery-cursor': cursor }
    const page: Response = await client.request(
      'GET',
      `/processes/v3/apps/${appId}/processes/latest`,
      { headers },
    )
    for (const { processId } of (await page.json()) as { processId: string }[]) {
      all.push(await client.processesV3.getProcess(processId, appId))
    }
    cursor = page.headers.get('hatchery-next')
  } while (cursor !== null)
  return all
}
