import { deploymentV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'
import { makeDeployment } from '../new-deployment.ts'

export const createDeployment: Handler<'CreateDeployment'> = async ({ params, body }, context) => {
  const application = await getApplication(context, params.appId)
  return deploymentV3(await makeDeployment(context, application, body))
}
