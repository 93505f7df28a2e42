import { applicationRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'
import { readServiceConfig } from './service-config.ts'

/** Changes the fields that are given. */
export const patchApp: Handler<'PatchApp'> = async ({ params, body }, context) => {
  const { orgId, appId } = await getApplication(context, params.appId)
  const changed = await context.services.store.changeApplication(orgId, appId, {
    ...(body.appName !== undefined && { appName: body.appName }),
    ...(body.authConfiguration !== undefined && { authConfiguration: body.authConfiguration }),
    ...(body.serviceConfig !== undefined && {
      serviceConfig: readServiceConfig(context, body.serviceConfig),
    }),
  })
  context.services.engine.applicationChanged(changed)
  return applicationRecord(changed)
}
