/** DeploymentsV2: as DeploymentsV3, with numbers for ids. */
import Type from 'typebox'
import { operation } from '../../operation.ts'
import { buildNumber } from '../../schemas/deprecated/build.ts'
import {
  DeploymentConfigV2,
  DeploymentV2,
  deploymentNumber,
} from '../../schemas/deprecated/deployment.ts'
import { appId } from '../../schemas/fields.ts'
import { deploymentsV3 } from '../deployments-v3.ts'

const tag = 'DeploymentsV2'

export const deploymentsV2 = {
  GetDeploymentsV2Deprecated: operation({
    ...deploymentsV3.GetDeployments,
    id: 'GetDeploymentsV2Deprecated',
    tag,
    path: '/deployments/v2/{appId}/list',
    description: 'Answers the newest 1,000 deployments of an application, newest first.',
    query: {},
    answer: {
      status: 200,
      json: Type.Array(DeploymentV2),
      description: 'The newest deployments.',
    },
    errors: [401, 404, 408, 429, 500],
    deprecated: true,
  }),
  CreateDeploymentV2Deprecated: operation({
    ...deploymentsV3.CreateDeployment,
    id: 'CreateDeploymentV2Deprecated',
    tag,
    path: '/deployments/v2/{appId}/create/{buildId}',
    description: 'As CreateDeployment.',
    params: { appId, buildId: buildNumber },
    body: { json: DeploymentConfigV2 },
    answer: { status: 201, json: DeploymentV2, description: 'The new deployment.' },
    deprecated: true,
  }),
  GetLatestDeploymentV2Deprecated: operation({
    ...deploymentsV3.GetLatestDeployment,
    id: 'GetLatestDeploymentV2Deprecated',
    tag,
    path: '/deployments/v2/{appId}/latest',
    description: 'As GetLatestDeployment.',
    answer: { status: 200, json: DeploymentV2, description: 'The newest deployment.' },
    deprecated: true,
  }),
  GetDeploymentInfoV2Deprecated: operation({
    ...deploymentsV3.GetDeployment,
    id: 'GetDeploymentInfoV2Deprecated',
    tag,
    path: '/deployments/v2/{appId}/info/{deploymentId}',
    description: 'As GetDeployment.',
    params: { appId, deploymentId: deploymentNumber },
    answer: { status: 200, json: DeploymentV2, description: 'The deployment.' },
    deprecated: true,
  }),
} as const
