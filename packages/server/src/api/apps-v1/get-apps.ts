import { buildV1, deploymentV2 } from '../../domain/deprecated-wire.ts'
import { applicationRecord } from '../../domain/wire.ts'
import { deployedApplications } from '../apps-v2/get-apps.ts'
import type { Handler } from '../context.ts'

export const getAppsV1: Handler<'GetAppsV1Deprecated'> = async (_, context) =>
  (await deployedApplications(context)).map(({ application, latest }) => ({
    ...applicationRecord(application),
    ...(latest && {
      deployment: {
        ...deploymentV2(latest.deployment, latest.build.number),
        build: buildV1(latest.build, application.appId),
      },
    }),
  }))
