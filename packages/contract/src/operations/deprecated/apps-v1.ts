/** AppsV1: as AppsV2, at other paths; its list is bare, with numbers for ids of deployments and builds. */
import Type from 'typebox'
import { operation } from '../../operation.ts'
import { CreateAppConfig } from '../../schemas/application.ts'
import { ApplicationWithLatestDeploymentAndBuildDeprecated } from '../../schemas/deprecated/application.ts'
import { appsV2 } from '../apps-v2.ts'

const tag = 'AppsV1'

export const appsV1 = {
  GetAppsV1Deprecated: operation({
    ...appsV2.GetApps,
    id: 'GetAppsV1Deprecated',
    tag,
    path: '/apps/v1/list',
    description: 'As GetApps.',
    query: {},
    answer: {
      status: 200,
      json: Type.Array(ApplicationWithLatestDeploymentAndBuildDeprecated),
      description: 'All applications.',
    },
    errors: [401, 408, 429],
    deprecated: true,
  }),
  CreateAppV1Deprecated: operation({
    ...appsV2.CreateApp,
    id: 'CreateAppV1Deprecated',
    tag,
    path: '/apps/v1/create',
    description: 'As CreateApp.',
    query: {},
    deprecated: true,
  }),
  GetAppInfoV1Deprecated: operation({
    ...appsV2.GetApp,
    id: 'GetAppInfoV1Deprecated',
    tag,
    path: '/apps/v1/info/{appId}',
    description: 'As GetApp.',
    deprecated: true,
  }),
  UpdateAppV1Deprecated: operation({
    ...appsV2.UpdateApp,
    id: 'UpdateAppV1Deprecated',
    tag,
    path: '/apps/v1/update/{appId}',
    summary: 'Change the name and the logins of an application',
    description:
      'Replaces name and login configuration. The service configuration, which this version does not know, stays.',
    body: { json: CreateAppConfig },
    deprecated: true,
  }),
  DeleteAppV1Deprecated: operation({
    ...appsV2.DeleteApp,
    id: 'DeleteAppV1Deprecated',
    tag,
    path: '/apps/v1/delete/{appId}',
    description: 'As DeleteApp.',
    deprecated: true,
  }),
} as const
