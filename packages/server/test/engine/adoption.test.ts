/** What a starting server makes of what it finds. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { createFakeDriver, createFakePlace, startHatchery } from '../support/start-hatchery.ts'

async function aServer() {
  const place = createFakePlace()
  const hatchery = await startHatchery({
    driver: () => createFakeDriver({ clock: systemClock, place }),
  })
  const { appId } = await deployedApp(hatchery.client)
  return { ...hatchery, place, appId }
}

test('a run whose record a restored backup does not have gets its record back, with its port and times', async () => {
  const { server, data, place, appId, restart } = await aServer()
  await server.close()
  cpSync(join(data, 'hatchery.db'), join(data, 'hatchery.db.backup'))
  const second = await restart()
  const { processId } = await second.client.processesV3.createProcess('Tokyo', appId)
  await second.server.settled()
  const before = await second.client.processesV3.getProcess(processId, appId)
  await second.server.close()
  cpSync(join(data, 'hatchery.db.backup'), join(data, 'hatchery.db'))

  const third = await second.restart()
  await third.server.settled()
  const after = await third.client.processesV3.getProcess(processId, appId)
  expect(third.server.adopted).toBe(1)
  expect(after).toEqual(before)
  expect(place.started).toBe(1)
})

test('a run of a process that is recorded as ended is ended', async () => {
  const { client, server, place, appId, restart } = await aServer()
  const { processId } = await client.processesV3.createProcess('Tokyo', appId)
  await server.settled()
  const run = place.runs.get(processId)
  await client.processesV3.stopProcess(processId, appId)
  await server.settled()
  await server.close()
  // As if the machine had not heard that it shall end.
  if (run !== undefined) place.runs.set(processId, { ...run, end: null })

  const { server: next } = await restart()
  await next.settled()
  expect(place.runs.has(processId)).toBe(false)
})

test('a process that ended while no server ran is recorded as it ended', async () => {
  const { client, server, place, appId, restart } = await aServer()
  const { processId } = await client.processesV3.createProcess('Tokyo', appId)
  await server.settled()
  await server.close()
  const run = place.runs.get(processId)
  if (run !== undefined) run.end = { exit: { kind: 'code', code: 7 }, at: Date.now() }

  const next = await restart()
  await next.server.settled()
  const { status, summaryExitReason } = await next.client.processesV3.getProcess(processId, appId)
  expect([status, summaryExitReason]).toEqual(['failed', 'exited with code 7'])
})

test('a process that vanished without a trace is recorded as lost', async () => {
  const { client, server, place, appId, restart } = await aServer()
  const { processId } = await client.processesV3.createProcess('Tokyo', appId)
  await server.settled()
  await server.close()
  place.runs.delete(processId)

  const next = await restart()
  await next.server.settled()
  const { status, summaryExitReason } = await next.client.processesV3.getProcess(processId, appId)
  expect([status, summaryExitReason]).toEqual(['failed', 'lost: no trace of it was found'])
})

test('a run of a static allocation whose record is missing is counted as one, and no other takes its place', async () => {
  const { client, server, data, place, appId, restart } = await aServer()
  const allocation = { region: 'Tokyo', minProcesses: 0, targetProcesses: 1, maxProcesses: 3 }
  const serviceConfig = { staticProcessAllocation: [allocation] }
  await client.appsV2.patchApp({ serviceConfig }, appId)
  const [first] = await eventually('one is there', async () => {
    await server.settled()
    const running = await client.processesV3.getLatestProcesses(appId, ['running'])
    return running.length === 1 && running
  })
  await server.close()
  cpSync(join(data, 'hatchery.db'), join(data, 'hatchery.db.backup'))
  const second = await restart()
  await second.client.processesV3.stopProcess(first?.processId ?? '', appId)
  await eventually('another took its place', async () => {
    await second.server.settled()
    return place.started === 2
  })
  await second.server.close()
  cpSync(join(data, 'hatchery.db.backup'), join(data, 'hatchery.db'))

  const third = await second.restart()
  await third.server.settled()
  await third.server.settled()
  expect(await third.client.hatchery.getAllocations(appId)).toMatchObject([
    { running: 1, starting: 0, outdated: 0 },
  ])
  expect(place.started).toBe(2)
})
