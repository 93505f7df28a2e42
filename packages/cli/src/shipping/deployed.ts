/** What is said of a new deployment: what is true now, and what comes next. */
import type { AllocationView, DeploymentV3, Hatchery } from '@hatchery/client'
import type { Context } from '../context.ts'

export async function showDeployed(
  { out }: Context,
  made: DeploymentV3,
  { client, appName }: { client: Hatchery; appName: string },
): Promise<void> {
  const { deploymentId, buildId, buildTag, defaultContainerPort } = made
  out.value(made, {
    ...{ id: deploymentId, buildId },
    rows: [
      ['deployment', deploymentId],
      ['build', buildTag === undefined ? buildId : `${buildId} (${buildTag})`],
      ['application', appName],
      ['port', `${defaultContainerPort.port}/${defaultContainerPort.transportType}`],
      ['rooms per process', made.roomsPerProcess],
    ],
  })
  const allocations = await allocationsOf(client, made.appId)
  out.say(
    allocations.length === 0
      ? 'new processes use it, those that run go on; next: hatchery room create'
      : `processes are being replaced in ${allocations.map(({ region }) => region).join(', ')}; see: hatchery ps --watch`,
  )
}

/** None for a token that may deploy and not see processes, as that of a pipeline: the deployment is made all the same. */
async function allocationsOf(client: Hatchery, appId: string): Promise<readonly AllocationView[]> {
  try {
    return await client.hatchery.getAllocations(appId)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'missing-scope') return []
    throw error
  }
}
