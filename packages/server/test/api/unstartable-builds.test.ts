/** Builds of which a region can start nothing. */
import { expect, test } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { refusalOf } from '../support/refusal.ts'
import { createFakeDriver, createFakePlace, startHatchery } from '../support/start-hatchery.ts'
import { succeededBuild } from '../support/upload.ts'

/** A server whose only driver starts folders, and after a restart images. */
async function startThenChange() {
  const place = createFakePlace()
  const before = createFakeDriver({ clock: systemClock, place })
  const drivers = [
    before,
    {
      ...createFakeDriver({ clock: systemClock, place }),
      startsFrom: 'Dockerfile',
      canStart: () => false,
    },
  ]
  return await startHatchery({ driver: () => drivers.shift() ?? before })
}

test('get no deployment, no process and no room, and say what the archive lacks', async () => {
  const hatchery = await startThenChange()
  const { appId } = await deployedApp(hatchery.client)
  const { buildId } = await succeededBuild(hatchery.client, 'a game')
  const { client } = await hatchery.restart()
  const needs = 'needs a Dockerfile at the root of the archive: add it and create another build'
  const refusals = await Promise.all([
    refusalOf(client.deploymentsV3.createDeployment({ ...deploymentConfig(buildId) }, appId)),
    refusalOf(client.processesV3.createProcess('Seattle', appId)),
    refusalOf(client.roomsV2.createRoom({ region: 'Seattle' }, appId)),
  ])
  for (const { status, code, message } of refusals) {
    expect({ status, code }).toEqual({ status: 422, code: 'invalid' })
    expect(message).toContain(needs)
  }
  expect(refusals[0]?.message).toContain(`build ${buildId} cannot run in any region here`)
  expect(refusals[1]?.message).toContain('cannot run in region Seattle')
})
