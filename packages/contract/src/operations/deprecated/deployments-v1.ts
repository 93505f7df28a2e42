/** DeploymentsV1: as DeploymentsV3, with numbers for ids. */
import Type from 'typebox'
import { operation } from '../../operation.ts'
import { buildNumber } from '../../schemas/deprecated/build.ts'
import {
  DeploymentConfig,
  DeploymentV1,
  deploymentNumber,
} from '../../schemas/deprecated/deployment.ts'
import { appId } from '../../schemas/fields.ts'
import { deploymentsV3 } from '../deployments-v3.ts'

const tag = 'DeploymentsV1'

export const deploymentsV1 = {
  GetDeploymentsV1Deprecated: operation({
    ...deploymentsV3.GetDeployments,
    id: 'GetDeploymentsV1Deprecated',
    tag,
    path: '/deployments/v1/{appId}/list',
    description: 'Answers the newest 1,000 deployments of an application, newest first.',
    query: {},
    answer: {
      status: 200,
      json: Type.Array(DeploymentV1),
      description: 'The newest deployments.',
    },
    errors: [401, 404, 408, 429, 500],
    deprecated: true,
  }),
  CreateDeploymentV1Deprecated: operation({
    ...deploymentsV3.CreateDeployment,
    id: 'CreateDeploymentV1Deprecated',
    tag,
    path: '/deployments/v1/{appId}/create/{buildId}',
    description: 'As CreateDeployment.',
    params: { appId, buildId: buildNumber },
    body: { json: DeploymentConfig },
    answer: { status: 201, json: DeploymentV1, description: 'The new deployment.' },
    deprecated: true,
  }),
  GetLatestDeploymentV1Deprecated: operation({
    ...deploymentsV3.GetLatestDeployment,
    id: 'GetLatestDeploymentV1Deprecated',
    tag,
    path: '/deployments/v1/{appId}/latest',
    description: 'As GetLatestDeployment.',
    answer: { status: 200, json: DeploymentV1, description: 'The newest deployment.' },
    deprecated: true,
  }),
  GetDeploymentInfoV1Deprecated: operation({
    ...deploymentsV3.GetDeployment,
    id: 'GetDeploymentInfoV1Deprecated',
    tag,
    path: '/deployments/v1/{appId}/info/{deploymentId}',
    description: 'As GetDeployment.',
    params: { appId, deploymentId: deploymentNumber },
    answer: { status: 200, json: DeploymentV1, description: 'The deployment.' },
    deprecated: true,
  }),
} as const
