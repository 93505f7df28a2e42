/** Applications that are ready to run processes. */
import type { DeploymentConfigV3, DeploymentV3, Hatchery } from '@hatchery/client'
import { succeededBuild } from './upload.ts'

export const anAppConfig = (appName: string) => ({ appName, authConfiguration: {} })

/** A deployment of `buildId` that every installation takes. */
export const deploymentConfig = (
  buildId: string,
  given: Partial<DeploymentConfigV3> = {},
): DeploymentConfigV3 => ({
  buildId,
  idleTimeoutEnabled: false,
  roomsPerProcess: 1,
  containerPort: 7777,
  transportType: 'udp',
  env: [],
  requestedCPU: 0.25,
  requestedMemoryMB: 512,
  ...given,
})

/** A new application with a deployment of a new build. */
export async function deployedApp(
  client: Hatchery,
  given: { appName?: string; deployment?: Partial<DeploymentConfigV3> } = {},
): Promise<{ appId: string; deployment: DeploymentV3 }> {
  const { appId } = await client.appsV2.createApp(anAppConfig(given.appName ?? 'arena'))
  const build = await succeededBuild(client, 'a game server')
  const deployment = await client.deploymentsV3.createDeployment(
    deploymentConfig(build.buildId, given.deployment),
    appId,
  )
  return { appId, deployment }
}
