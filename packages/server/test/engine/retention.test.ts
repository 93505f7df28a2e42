/** What is forgotten, and when: logs after 72 hours, records after 90 days, builds when nothing uses them. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { type ManualClock, createManualClock } from '../support/manual-clock.ts'
import { refusalOf } from '../support/refusal.ts'
import { createFakeDriver, startHatchery } from '../support/start-hatchery.ts'
import { buildOf } from '../support/upload.ts'

const hour = 3_600_000
/** A little longer than two rounds of clean-up are apart. */
const rounds = 11 * 60_000

async function aServer() {
  const clock = createManualClock()
  const driver = createFakeDriver({ clock })
  const hatchery = await startHatchery({ clock, driver: () => driver })
  return { ...hatchery, clock, driver }
}

async function anEndedProcess({ client, server, data }: Awaited<ReturnType<typeof aServer>>) {
  const { appId } = await deployedApp(client)
  const { processId } = await client.processesV3.createProcess('Seattle', appId)
  await server.settled()
  writeFileSync(join(data, 'logs', `${processId}.log`), 'hello\n')
  await client.processesV3.stopProcess(processId, appId)
  await server.settled()
  return { appId, processId }
}

/** Time goes by, and the clean-up that is due then is over. */
async function later(clock: ManualClock, ms: number, isOver: () => boolean | Promise<boolean>) {
  clock.pass(ms)
  await eventually('the clean-up came round', async () => {
    clock.pass(rounds)
    return await isOver()
  })
}

test('a log is kept for 72 hours after the end, then it is gone and said to be', async () => {
  const hatchery = await aServer()
  const { appId, processId } = await anEndedProcess(hatchery)
  const { client, clock, data } = hatchery
  const log = join(data, 'logs', `${processId}.log`)

  clock.pass(71 * hour)
  await new Promise(setImmediate)
  expect(existsSync(log)).toBe(true)
  await later(clock, hour, () => !existsSync(log))

  const refusal = await refusalOf(client.logsV1.getLogsForProcess(processId, appId))
  expect(refusal).toMatchObject({ status: 410, code: 'gone' })
  expect((await client.processesV3.getProcess(processId, appId)).status).toBe('stopped')
})

test('a record is kept for 90 days after the end, and the count does not fall with it', async () => {
  const hatchery = await aServer()
  const { appId, processId } = await anEndedProcess(hatchery)
  const { client, clock } = hatchery
  const isThere = async () => (await client.processesV3.getLatestProcesses(appId)).length === 1

  clock.pass(89 * 24 * hour)
  await new Promise(setImmediate)
  expect(await isThere()).toBe(true)
  await later(clock, 24 * hour, async () => !(await isThere()))

  expect(await refusalOf(client.processesV3.getProcess(processId, appId))).toMatchObject({
    status: 404,
  })
  expect(await client.processesV3.getProcessesCountExperimental(appId)).toEqual({ count: 1 })
})

test('a deleted build vanishes when no process uses it any more', async () => {
  const { client, server, clock, driver } = await aServer()
  const { appId, deployment } = await deployedApp(client)
  const { processId } = await client.processesV3.createProcess('Seattle', appId)
  await server.settled()
  await client.buildsV3.deleteBuild(deployment.buildId)
  const kept = async () => (await driver.builder.artifacts()).length

  clock.pass(rounds)
  await new Promise(setImmediate)
  clock.pass(rounds)
  await new Promise(setImmediate)
  expect(await kept()).toBe(1)

  await client.processesV3.stopProcess(processId, appId)
  await server.settled()
  await later(clock, rounds, async () => (await kept()) === 0)
})

test('an upload that was given up is removed after a day', async () => {
  const { client, clock, data } = await aServer()
  const { buildId } = await client.buildsV3.createBuild({ buildSizeInBytes: 100 })
  const folder = join(data, 'uploads', buildId)
  expect(existsSync(folder)).toBe(true)
  // The age of an upload is the age of its files, which this machine's own clock gives.
  clock.jump(Date.now() - clock.now() + 25 * hour)
  await later(clock, rounds, () => !existsSync(folder))
})

test('a build that is deployed is kept for as long as it is not deleted', async () => {
  const { client, clock, driver } = await aServer()
  await buildOf(client, 'never deployed')
  clock.pass(1_000 * hour)
  await new Promise(setImmediate)
  clock.pass(rounds)
  await new Promise(setImmediate)
  expect(await driver.builder.artifacts()).toHaveLength(1)
})
