/** Deployments over twenty real processes that are full of rooms, counted from outside all the while. */
import type { Hatchery } from '@hatchery/client'
import { expect, test } from 'vitest'
import { deploymentConfig } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { extremes, processHistory } from '../support/process-history.ts'
import { startSampler } from './allocation-sampler.ts'
import { built, openPlayground } from './playground.ts'
import { type GameIs, missing, rolloutGame } from './rollout-game.ts'

const region = 'Seattle'
const [minProcesses, targetProcesses, maxProcesses] = [15, 20, 25]
const roomsPerProcess = 2

const quick = ['--limits-settle-seconds=1', '--limits-bind-seconds=4']

const exited = /^exited with code 3$/

interface Studio {
  readonly client: Hatchery
  readonly appId: string
  readonly buildId: string
}

test(
  'broken deployments leave twenty full processes alone, and a good one replaces them within min and max',
  { timeout: 120_000 },
  async ({ skip }) => {
    if (missing !== undefined) skip(missing)
    const { cloud, appId, hatchery } = await openPlayground(...quick)
    const { client } = hatchery
    const studio = { client, appId, buildId: (await built({ cloud }, rolloutGame)).buildId }
    const old = await deploy(studio, 'good')
    await keep(studio)
    await untilAllRun(studio)
    const rooms = await fullOfRooms(studio)
    await using sampler = await startSampler({ ...hatchery, appId })

    const began = performance.now()
    const broken = await deploy(studio, 'broken')
    const first = await retryOf(studio, exited)
    await eventually('it is tried again later', async () => (await retryOf(studio, exited)) > first)
    const tries = await madeOf(studio, broken)
    expect(tries).toBeLessThanOrEqual(maxProcesses - targetProcesses + triesIn(began))
    await deploy(studio, 'deaf')
    await retryOf(studio, /^did not bind \d+\/udp within 4 s$/)
    expect(await runningOf(studio)).toEqual(new Map([[old, targetProcesses]]))
    const { samples, ...meanwhile } = await sampler.take()
    expect(samples).toBeGreaterThan(10)
    expect(meanwhile).toMatchObject({ fewestRunning: targetProcesses, moved: [] })
    expect(meanwhile.mostAlive).toBeLessThanOrEqual(maxProcesses)

    const good = await deploy(studio, 'good')
    await eventually('the first new ones run beside the old', async () => {
      const { running, problem } = await allocationOf(studio)
      return running === maxProcesses - targetProcesses && problem === null
    })
    await endInTurn(studio, rooms)
    await untilAllRun(studio)
    expect(await runningOf(studio)).toEqual(new Map([[good, targetProcesses]]))
    const seen = await sampler.take()
    expect(seen.moved).toEqual([])
    expect(seen.fewestRunning).toBeGreaterThanOrEqual(minProcesses)
    expect(seen.mostAlive).toBeLessThanOrEqual(maxProcesses)
    const recorded = extremes(await processHistory(client, appId), targetProcesses)
    expect(recorded.fewest).toBeGreaterThanOrEqual(minProcesses)
    expect(recorded.most).toBe(maxProcesses)
  },
)

/** Answers its id. */
async function deploy({ client, appId, buildId }: Studio, gameIs: GameIs): Promise<string> {
  const config = deploymentConfig(buildId, {
    ...{ roomsPerProcess, containerPort: 7, env: [{ name: 'GAME_IS', value: gameIs }] },
  })
  return (await client.deploymentsV3.createDeployment(config, appId)).deploymentId
}

async function keep({ client, appId }: Studio): Promise<void> {
  const allocation = { region, minProcesses, targetProcesses, maxProcesses }
  await client.appsV2.patchApp({ serviceConfig: { staticProcessAllocation: [allocation] } }, appId)
}

async function allocationOf({ client, appId }: Studio) {
  const [allocation] = await client.hatchery.getAllocations(appId)
  if (allocation === undefined) throw new Error('there is no allocation')
  return allocation
}

async function untilAllRun(studio: Studio): Promise<void> {
  await eventually(`${targetProcesses} run and no other`, async () => {
    const { running, starting, outdated } = await allocationOf(studio)
    return running === targetProcesses && starting === 0 && outdated === 0
  })
}

/** The reason is shown, with the time of the next try, which is answered. */
const retryOf = (studio: Studio, reason: RegExp): Promise<Date> =>
  eventually(`${reason} is shown`, async () => {
    const { problem, retryAt } = await allocationOf(studio)
    return problem !== null && reason.test(problem) && (retryAt ?? false)
  })

async function madeOf({ client, appId }: Studio, deploymentId: string): Promise<number> {
  let made = 0
  for await (const process of client.latestProcesses({ appId }))
    if (process.deploymentId === deploymentId) made += 1
  return made
}

/** How many single tries there can have been, at 1 s, 2 s, 4 s and so on after the one before. */
const triesIn = (began: number): number => Math.log2((performance.now() - began) / 1_000 + 1)

/** How many run, by deployment. */
async function runningOf({ client, appId }: Studio): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for await (const { deploymentId } of client.latestProcesses({ appId, status: ['running'] }))
    counts.set(deploymentId, (counts.get(deploymentId) ?? 0) + 1)
  return counts
}

/** The process of each room, by room. */
async function fullOfRooms({ client, appId }: Studio): Promise<Map<string, string>> {
  const places = new Map<string, string>()
  for (let room = 0; room < targetProcesses * roomsPerProcess; room += 1) {
    const { roomId, processId } = await client.roomsV2.createRoom({ region }, appId)
    if (processId === null) throw new Error(`room ${roomId} has no process`)
    places.set(roomId, processId)
  }
  expect(new Set(places.values()).size).toBe(targetProcesses)
  return places
}

/** Each room is where it was made, on a process that serves it, until it ends. */
async function endInTurn({ client, appId }: Studio, rooms: Map<string, string>): Promise<void> {
  for (const [roomId, processId] of rooms) {
    const { status, currentAllocation } = await client.roomsV2.getRoomInfo(roomId, appId)
    expect({ status, on: currentAllocation?.processId }).toEqual({
      status: 'active',
      on: processId,
    })
    const host = await client.processesV3.getProcess(processId, appId)
    expect(['running', 'draining']).toContain(host.status)
    await client.roomsV2.destroyRoom(roomId, appId)
  }
}
