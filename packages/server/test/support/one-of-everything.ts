/** One of each thing that a path can name. */
import { deployedApp } from './deployed-app.ts'
import { joined } from './people.ts'
import type { FakeHatchery } from './start-with-fakes.ts'

/** Its id by the parameter's name, a region and a member; the token is the one that asks. */
export async function oneOfEverything({ client, url }: Pick<FakeHatchery, 'client' | 'url'>) {
  const { appId, deployment } = await deployedApp(client)
  const { deploymentId, buildId } = deployment
  const { processId } = await client.processesV3.createProcess('Chicago', appId)
  const { roomId } = await client.roomsV2.createRoom({ region: 'Chicago' }, appId)
  const { orgId, orgTokenId } = await client.hatchery.whoAmI()
  const userEmail = 'grace@games.example'
  await joined({ url, client }, userEmail, 'admin')
  await client.organizationsV1.inviteUser(orgId, { userEmail: 'ada@games.example' })
  const [fleet] = (await client.fleetsV2.getFleets()).fleets
  const fleetId = fleet?.fleetId ?? ''
  const ids = { appId, processId, deploymentId, buildId, roomId, orgId, fleetId }
  return { ...ids, orgTokenId: orgTokenId ?? '', nodeId: 'local', region: 'Chicago', userEmail }
}
