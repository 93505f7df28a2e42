/** One of each thing that a path can name. */
import { deployedApp } from './deployed-app.ts'
import type { FakeHatchery } from './start-with-fakes.ts'

/** Its id by the parameter's name, and a region; the token is the one that asks. */
export async function oneOfEverything({ client }: Pick<FakeHatchery, 'client'>) {
  const { appId, deployment } = await deployedApp(client)
  const { deploymentId, buildId } = deployment
  const { processId } = await client.processesV3.createProcess('Chicago', appId)
  const { roomId } = await client.roomsV2.createRoom({ region: 'Chicago' }, appId)
  const { orgId, orgTokenId } = await client.hatchery.whoAmI()
  const ids = { appId, processId, deploymentId, buildId, roomId, orgId }
  return { ...ids, orgTokenId: orgTokenId ?? '', region: 'Chicago' }
}
