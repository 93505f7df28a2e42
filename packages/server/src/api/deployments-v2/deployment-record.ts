import type { DeploymentV2 } from '@hatchery/contract'
import type { Deployment } from '../../domain/deployment.ts'
import { deploymentV2 } from '../../domain/deprecated-wire.ts'
import type { Services } from '../context.ts'
import { buildNumberOf } from '../find-deployment.ts'

export const recordV2 = async (services: Services, deployment: Deployment): Promise<DeploymentV2> =>
  deploymentV2(deployment, await buildNumberOf(services, deployment))
