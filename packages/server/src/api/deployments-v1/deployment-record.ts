import type { DeploymentV1 } from '@hatchery/contract'
import type { Deployment } from '../../domain/deployment.ts'
import { deploymentV1 } from '../../domain/deprecated-wire.ts'
import type { Services } from '../context.ts'
import { buildNumberOf } from '../find-deployment.ts'

export const recordV1 = async (services: Services, deployment: Deployment): Promise<DeploymentV1> =>
  deploymentV1(deployment, await buildNumberOf(services, deployment))
