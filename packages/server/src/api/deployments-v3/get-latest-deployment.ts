import { deploymentV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getApplication, getLatestDeployment } from '../find.ts'

export const getLatestDeploymentRecord: Handler<'GetLatestDeployment'> = async (
  { params },
  context,
) => deploymentV3(await getLatestDeployment(context, await getApplication(context, params.appId)))
