/** AppsV2: make, list, change and delete applications. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import {
  AppConfigWithServiceConfig,
  Application,
  ApplicationsPage,
  CreateAppConfig,
  PartialAppConfigWithServiceConfig,
} from '../schemas/application.ts'
import { appId, orgId } from '../schemas/fields.ts'

const tag = 'AppsV2'
const ofOrganization = { orgId: Type.Optional(orgId) }

export const appsV2 = {
  GetApps: operation({
    id: 'GetApps',
    tag,
    method: 'get',
    path: '/apps/v2/apps',
    summary: 'List applications',
    description:
      'Answers all applications of the organization, each with its newest deployment and its build, newest first. ' +
      'Needs three scopes together, as it shows three kinds of things.',
    access: ['applications:read', 'deployments:read', 'builds:read'],
    params: {},
    query: ofOrganization,
    answer: { status: 200, json: ApplicationsPage, description: 'All applications.' },
    errors: [401, 404, 408, 429],
  }),
  CreateApp: operation({
    id: 'CreateApp',
    tag,
    method: 'post',
    path: '/apps/v2/apps',
    summary: 'Create an application',
    description:
      'Makes an application, with an id and a secret of its own. 422 when the name is taken in the organization or not ' +
      'allowed: lower-case letters, digits and dashes, at most 64.',
    access: ['applications:read-write'],
    params: {},
    query: ofOrganization,
    body: { json: CreateAppConfig },
    answer: { status: 201, json: Application, description: 'The new application.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
  GetApp: operation({
    id: 'GetApp',
    tag,
    method: 'get',
    path: '/apps/v2/apps/{appId}',
    summary: 'Get an application',
    description: 'Answers an application of the organization, without its deployments.',
    access: ['applications:read'],
    params: { appId },
    query: {},
    answer: { status: 200, json: Application, description: 'The application.' },
    errors: [401, 404, 408, 429],
  }),
  UpdateApp: operation({
    id: 'UpdateApp',
    tag,
    method: 'post',
    path: '/apps/v2/apps/{appId}',
    summary: 'Replace the configuration of an application',
    description:
      'Replaces name, login and service configuration; a service configuration that is left out is removed. ' +
      'PatchApp changes single fields.',
    access: ['applications:read-write'],
    params: { appId },
    query: {},
    body: { json: AppConfigWithServiceConfig },
    answer: { status: 200, json: Application, description: 'The application as it is now.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
  PatchApp: operation({
    id: 'PatchApp',
    tag,
    method: 'patch',
    path: '/apps/v2/apps/{appId}',
    summary: 'Change fields of an application',
    description: 'Changes the fields that are given and keeps the others.',
    access: ['applications:read-write'],
    params: { appId },
    query: {},
    body: { json: PartialAppConfigWithServiceConfig },
    answer: { status: 200, json: Application, description: 'The application as it is now.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
  DeleteApp: operation({
    id: 'DeleteApp',
    tag,
    method: 'delete',
    path: '/apps/v2/apps/{appId}',
    summary: 'Delete an application',
    description:
      'Asks all processes of the application to stop. From then on it and all in it are unknown (404), and its name is free.',
    access: ['applications:read-write'],
    params: { appId },
    query: {},
    answer: { status: 204, description: 'It is deleted.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
} as const
