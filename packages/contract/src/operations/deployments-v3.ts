/** DeploymentsV3: say which build runs, and how. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { DeploymentConfigV3, DeploymentV3, DeploymentsV3Page } from '../schemas/deployment.ts'
import { appId, buildTag, deploymentId, deploymentTag } from '../schemas/fields.ts'

const tag = 'DeploymentsV3'

export const deploymentsV3 = {
  GetDeployments: operation({
    id: 'GetDeployments',
    tag,
    method: 'get',
    path: '/deployments/v3/apps/{appId}/deployments',
    summary: 'List deployments',
    description:
      'Answers the deployments of an application that match, newest first, 1,000 a page.',
    access: ['deployments:read'],
    params: { appId },
    query: {
      deploymentTag: Type.Optional(deploymentTag),
      buildTag: Type.Optional(buildTag),
      nextPageToken: Type.Optional(
        Type.String({ description: 'The `nextPageToken` of the page before.' }),
      ),
    },
    answer: { status: 200, json: DeploymentsV3Page, description: 'A page of deployments.' },
    errors: [401, 404, 408, 422, 429],
  }),
  CreateDeployment: operation({
    id: 'CreateDeployment',
    tag,
    method: 'post',
    path: '/deployments/v3/apps/{appId}/deployments',
    summary: 'Create a deployment',
    description:
      'Makes a deployment: new processes use it from now on, running ones stay as they are. 422 when a value is out of ' +
      'its limits or the build has not succeeded.',
    access: ['deployments:read-write'],
    params: { appId },
    query: {},
    body: { json: DeploymentConfigV3 },
    answer: { status: 201, json: DeploymentV3, description: 'The new deployment.' },
    errors: [400, 401, 404, 408, 422, 429, 500],
  }),
  GetLatestDeployment: operation({
    id: 'GetLatestDeployment',
    tag,
    method: 'get',
    path: '/deployments/v3/apps/{appId}/deployments/latest',
    summary: 'Get the newest deployment',
    description: 'Answers the deployment that new processes use; 404 when there is none yet.',
    access: ['deployments:read'],
    params: { appId },
    query: {},
    answer: { status: 200, json: DeploymentV3, description: 'The newest deployment.' },
    errors: [401, 404, 408, 422, 429],
  }),
  GetDeployment: operation({
    id: 'GetDeployment',
    tag,
    method: 'get',
    path: '/deployments/v3/apps/{appId}/deployments/{deploymentId}',
    summary: 'Get a deployment',
    description: 'Answers a deployment of the application.',
    access: ['deployments:read'],
    params: { appId, deploymentId },
    query: {},
    answer: { status: 200, json: DeploymentV3, description: 'The deployment.' },
    errors: [401, 404, 408, 429],
  }),
} as const
