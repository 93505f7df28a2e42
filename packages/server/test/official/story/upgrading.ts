/** The studio keeps servers ready, and upgrades them while somebody plays. */
import { expect } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import type { Stage } from './stage.ts'

const region = 'Tokyo'

export async function upgradeUnderPlay({ ask, known, hatchery }: Stage): Promise<void> {
  const { client } = hatchery
  const { appId } = known
  const kept = { region, minProcesses: 1, targetProcesses: 2, maxProcesses: 3 } as const
  await client.appsV2.patchApp({ serviceConfig: { staticProcessAllocation: [kept] } }, appId)
  const allocation = async () => (await client.hatchery.getAllocations(appId))[0]
  await eventually('two are kept', async () => (await allocation())?.running === 2)

  const { roomId, processId } = await client.roomsV2.createRoom({ region }, appId)
  const { deploymentId } = await ask('CreateDeployment')
  await eventually('all but the one with players are replaced', async () => {
    const state = await allocation()
    return state?.running === 2 && state.outdated === 1
  })
  const room = await ask('GetRoomInfo', { roomId })
  expect(room).toMatchObject({ status: 'active', currentAllocation: { processId } })
  await ask('DestroyRoom', { roomId })
  await eventually('the last one is replaced', async () => (await allocation())?.outdated === 0)
  const replaced = await ask('GetProcess', { processId })
  expect(replaced.summaryExitReason).toBe(`replaced by deployment ${deploymentId}`)
  await client.appsV2.patchApp({ serviceConfig: { staticProcessAllocation: [] } }, appId)
}
