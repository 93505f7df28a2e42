/** AppsV2: one game in one environment. */
import Type, { type Static } from 'typebox'
import { BuildV3 } from './build.ts'
import { ApplicationWithLatestDeploymentAndBuildEnv, deploymentFields } from './deployment.ts'
import { appId, createdBy, dateTime, dateTimeOrNull, orgId } from './fields.ts'
import {
  ApplicationServiceConfig,
  ApplicationWithLatestDeploymentAndBuildServiceConfig,
  LoadBalancerConfig,
  ServiceConfigWrite,
} from './service-config.ts'

export const RecordStringNever = Type.Object(
  {},
  { title: 'RecordStringNever', description: 'Empty: to be there is what counts.' },
)
export type RecordStringNever = Static<typeof RecordStringNever>

export const Google = Type.Object(
  { clientId: Type.String({ description: 'The client id that tokens must be made for.' }) },
  { title: 'Google' },
)
export type Google = Static<typeof Google>

export const AuthConfiguration = Type.Object(
  {
    anonymous: Type.Optional(RecordStringNever),
    nickname: Type.Optional(RecordStringNever),
    google: Type.Optional(Google),
  },
  {
    title: 'AuthConfiguration',
    description: 'The ways in which players may log in; `{}` for none.',
  },
)
export type AuthConfiguration = Static<typeof AuthConfiguration>

const appName = Type.String({
  description: 'Lower-case letters, digits and dashes, at most 64; unique in the organization.',
  pattern: '^[a-z0-9-]{1,64}$',
  examples: ['minecraft'],
})

/** The fields of an application but `serviceConfig`, whose schema has a published name of its own in each answer. */
export const applicationFields = {
  appId,
  appName,
  orgId,
  appSecret: Type.String({
    description: 'Signs player tokens; the game server gets it as `HATHORA_APP_SECRET`.',
    examples: ['secret-6f706e83-0ec1-437a-9a46-7d4281eb2f39'],
  }),
  authConfiguration: AuthConfiguration,
  createdAt: dateTime('When it was made.'),
  createdBy,
  deletedAt: dateTimeOrNull('When it was deleted; null while it is there.'),
  deletedBy: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Who deleted it: an e-mail address or the id of a token.',
    examples: ['noreply@hathora.dev'],
  }),
}

export const noServiceConfig = 'Null when none was ever given.'

export const Application = Type.Object(
  {
    ...applicationFields,
    serviceConfig: Type.Union([ApplicationServiceConfig, Type.Null()], {
      description: noServiceConfig,
    }),
  },
  { title: 'Application', description: 'One game in one environment.' },
)
export type Application = Static<typeof Application>

export const ApplicationWithLatestDeploymentAndBuildDeployment = Type.Object(
  {
    ...deploymentFields,
    env: Type.Array(ApplicationWithLatestDeploymentAndBuildEnv, {
      description: 'The environment of the game server.',
    }),
    build: BuildV3,
  },
  {
    title: 'ApplicationWithLatestDeploymentAndBuildDeployment',
    description: 'A deployment with its build.',
  },
)
export type ApplicationWithLatestDeploymentAndBuildDeployment = Static<
  typeof ApplicationWithLatestDeploymentAndBuildDeployment
>

export const ApplicationWithLatestDeploymentAndBuild = Type.Object(
  {
    ...applicationFields,
    serviceConfig: Type.Union([ApplicationWithLatestDeploymentAndBuildServiceConfig, Type.Null()], {
      description: noServiceConfig,
    }),
    deployment: Type.Optional(ApplicationWithLatestDeploymentAndBuildDeployment),
  },
  {
    title: 'ApplicationWithLatestDeploymentAndBuild',
    description:
      'An application with its newest deployment; without one when it was never deployed.',
  },
)
export type ApplicationWithLatestDeploymentAndBuild = Static<
  typeof ApplicationWithLatestDeploymentAndBuild
>

export const ApplicationsPage = Type.Object(
  { applications: Type.Array(ApplicationWithLatestDeploymentAndBuild) },
  { title: 'ApplicationsPage' },
)
export type ApplicationsPage = Static<typeof ApplicationsPage>

export const CreateAppConfig = Type.Object(
  {
    appName,
    authConfiguration: AuthConfiguration,
    loadBalancer: Type.Optional(LoadBalancerConfig),
  },
  { title: 'CreateAppConfig', description: 'A new application.' },
)
export type CreateAppConfig = Static<typeof CreateAppConfig>

export const AppConfigWithServiceConfig = Type.Object(
  {
    appName,
    authConfiguration: AuthConfiguration,
    serviceConfig: Type.Optional(ServiceConfigWrite),
  },
  {
    title: 'AppConfigWithServiceConfig',
    description: 'The whole configuration of an application.',
  },
)
export type AppConfigWithServiceConfig = Static<typeof AppConfigWithServiceConfig>

export const PartialAppConfigWithServiceConfig = Type.Object(
  {
    appName: Type.Optional(appName),
    authConfiguration: Type.Optional(AuthConfiguration),
    serviceConfig: Type.Optional(ServiceConfigWrite),
  },
  {
    title: 'PartialAppConfigWithServiceConfig',
    description: 'The fields of an application that shall change.',
  },
)
export type PartialAppConfigWithServiceConfig = Static<typeof PartialAppConfigWithServiceConfig>
