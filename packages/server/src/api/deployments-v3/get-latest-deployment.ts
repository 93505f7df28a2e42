import { deploymentV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getLatestDeploymentOf } from '../find-deployment.ts'

export const getLatestDeploymentRecord: Handler<'GetLatestDeployment'> = async (
  { params },
  context,
) => deploymentV3(await getLatestDeploymentOf(context, params.appId))
