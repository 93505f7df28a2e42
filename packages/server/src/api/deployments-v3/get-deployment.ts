import { HatcheryError } from '@hatchery/contract'
import { deploymentV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { show } from '../explain.ts'
import { getApplication } from '../find.ts'

export const getDeployment: Handler<'GetDeployment'> = async ({ params }, context) => {
  const { appId, appName } = await getApplication(context, params.appId)
  const deployment = await context.services.store.findDeployment(appId, params.deploymentId)
  if (deployment !== undefined) return deploymentV3(deployment)
  throw new HatcheryError(
    'not-found',
    `application ${appName} has no deployment ${show(params.deploymentId)}`,
  )
}
