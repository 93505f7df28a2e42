/** AppsV1: an application as its list shows it, with the deployment and the build under their numbers. */
import Type, { type Static } from 'typebox'
import { applicationFields, noServiceConfig } from '../application.ts'
import { envNamed } from '../deployment.ts'
import { ServiceConfig } from '../service-config.ts'
import { Build } from './build.ts'
import { DeploymentV2 } from './deployment.ts'

export const Deployment = Type.Object(
  {
    ...DeploymentV2.properties,
    env: Type.Array(envNamed('ApplicationWithLatestDeploymentAndBuildDeprecatedEnv'), {
      description: 'The environment of the game server.',
    }),
    build: Build,
  },
  { title: 'Deployment', description: 'A deployment with its build.' },
)
export type Deployment = Static<typeof Deployment>

export const ApplicationWithLatestDeploymentAndBuildDeprecated = Type.Object(
  {
    ...applicationFields,
    serviceConfig: Type.Union([ServiceConfig, Type.Null()], { description: noServiceConfig }),
    deployment: Type.Optional(Deployment),
  },
  {
    title: 'ApplicationWithLatestDeploymentAndBuildDeprecated',
    description:
      'An application with its newest deployment; without one when it was never deployed.',
  },
)
export type ApplicationWithLatestDeploymentAndBuildDeprecated = Static<
  typeof ApplicationWithLatestDeploymentAndBuildDeprecated
>
