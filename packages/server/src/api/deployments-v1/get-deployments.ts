import type { Handler } from '../context.ts'
import {
  getDeploymentByNumber,
  getLatestDeploymentOf,
  listNewestDeployments,
} from '../find-deployment.ts'
import { recordV1 } from './deployment-record.ts'

export const getDeploymentsV1: Handler<'GetDeploymentsV1Deprecated'> = async (
  { params },
  context,
) => {
  const newest = await listNewestDeployments(context, params.appId)
  return await Promise.all(newest.map((deployment) => recordV1(context.services, deployment)))
}

export const getLatestDeploymentV1: Handler<'GetLatestDeploymentV1Deprecated'> = async (
  { params },
  context,
) => await recordV1(context.services, await getLatestDeploymentOf(context, params.appId))

export const getDeploymentV1: Handler<'GetDeploymentInfoV1Deprecated'> = async (
  { params: { appId, deploymentId } },
  context,
) => await recordV1(context.services, await getDeploymentByNumber(context, appId, deploymentId))
