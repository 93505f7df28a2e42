import { deploymentV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getDeploymentById } from '../find-deployment.ts'

export const getDeployment: Handler<'GetDeployment'> = async ({ params }, context) =>
  deploymentV3(await getDeploymentById(context, params.appId, params.deploymentId))
