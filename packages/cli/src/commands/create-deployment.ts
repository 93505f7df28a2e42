/** `hatchery deployment create`: what is not given is taken from the newest deployment. */
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { usageFailure } from '../failure.ts'
import { type DeploymentFlags, deploymentConfig } from '../shipping/deployment-fields.ts'
import { findBuild } from './build.ts'
import { showDeployment } from './deployment.ts'
import { withFleetId } from './fleet.ts'

export async function createDeployment(
  context: Context,
  { words, flags }: Input<DeploymentFlags & { 'build-id': string | undefined }>,
): Promise<void> {
  const given = words[0] ?? flags['build-id']
  const client = await context.client()
  const appId = await context.appId()
  const [before] = (await client.deploymentsV3.getDeployments(appId)).deployments
  const buildId = given === undefined ? before?.buildId : (await findBuild(client, given)).buildId
  if (buildId === undefined)
    throw usageFailure(
      'BUILD is missing: there is no deployment yet whose build could be taken',
      'hatchery build list',
    )
  const config = deploymentConfig(buildId, await withFleetId(client, flags), before)
  showDeployment(context, await client.deploymentsV3.createDeployment(config, appId))
}
