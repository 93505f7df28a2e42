import type { Handler } from '../context.ts'
import {
  getDeploymentByNumber,
  getLatestDeploymentOf,
  listNewestDeployments,
} from '../find-deployment.ts'
import { recordV2 } from './deployment-record.ts'

export const getDeploymentsV2: Handler<'GetDeploymentsV2Deprecated'> = async (
  { params },
  context,
) => {
  const newest = await listNewestDeployments(context, params.appId)
  return await Promise.all(newest.map((deployment) => recordV2(context.services, deployment)))
}

export const getLatestDeploymentV2: Handler<'GetLatestDeploymentV2Deprecated'> = async (
  { params },
  context,
) => await recordV2(context.services, await getLatestDeploymentOf(context, params.appId))

export const getDeploymentV2: Handler<'GetDeploymentInfoV2Deprecated'> = async (
  { params: { appId, deploymentId } },
  context,
) => await recordV2(context.services, await getDeploymentByNumber(context, appId, deploymentId))
