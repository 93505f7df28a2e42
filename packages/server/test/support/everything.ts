/** What an organization has, to compare before and after. */
import type { Hatchery } from '@hatchery/client'

/** All that the lists show: of `appId` its deployments, processes and rooms too. */
export async function everything(client: Hatchery, appId: string) {
  const { orgId } = await client.hatchery.whoAmI()
  return {
    apps: await client.appsV2.getApps(),
    builds: await client.buildsV3.getBuilds(),
    deployments: await client.deploymentsV3.getDeployments(appId),
    processes: await client.processesV3.getLatestProcesses(appId),
    rooms: await client.hatchery.getRooms(appId),
    fleets: await client.fleetsV2.getFleets(),
    tokens: await client.tokensV1.getOrgTokens(orgId),
    invites: await client.organizationsV1.getOrgPendingInvites(orgId),
    members: await client.organizationsV1.getOrgMembers(orgId),
    count: await client.processesV3.getProcessesCountExperimental(appId),
  }
}
