/** A studio's first weeks, told with the official client 2.25.6 on a live server with real game servers: every operation once, or more, in an order that makes sense. */
import { operations } from '@hatchery/contract'
import { expect, test } from 'vitest'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { registryHindrance } from '../support/docker/registry-process.ts'
import { openImageStage, shipAnImage } from './story/images.ts'
import { lookAtFleetMetrics, lookAtMachines } from './story/machines.ts'
import { signUp } from './story/people.ts'
import { logPlayersIn, openLobbies, playInRooms, watchProcesses } from './story/playing.ts'
import { makeApplications, makeBuilds, makeDeployments } from './story/shipping.ts'
import { openStage } from './story/stage.ts'
import { upgradeUnderPlay } from './story/upgrading.ts'
import { lookAtUsage } from './story/usage.ts'

test('a studio ships, plays, upgrades and pays', { timeout: 180_000 }, async () => {
  const stage = await openStage()
  await signUp(stage)
  await lookAtMachines(stage)
  await makeApplications(stage)
  await makeBuilds(stage)
  await makeDeployments(stage)
  await logPlayersIn(stage)
  await openLobbies(stage)
  await playInRooms(stage)
  await watchProcesses(stage)
  await upgradeUnderPlay(stage)
  await lookAtFleetMetrics(stage)
  await lookAtUsage(stage)
  await stage.ask('DeleteApp')

  const published = Object.values(operations).filter((operation) => !('ours' in operation))
  const missing = published.map(({ id }) => id).filter((id) => !stage.called.has(id))
  expect(published).toHaveLength(134)
  expect(missing).toEqual(toldWithImages)
})

/** A region that runs images is needed for them. */
const toldWithImages = ['CreateBuildRegistry', 'DeleteBuild', 'RunBuildRegistry']
const hindrance = engineHindrance() ?? registryHindrance()

test('a studio ships an image of a registry', { timeout: 180_000 }, async ({ skip }) => {
  if (hindrance !== undefined) skip(hindrance)
  const stage = await openImageStage()
  await shipAnImage(stage)
  expect([...stage.called]).toEqual(expect.arrayContaining(toldWithImages))
})
