import { applicationRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'
import { readServiceConfig } from './service-config.ts'

/** Replaces all fields: a service configuration that is left out is none. */
export const updateApp: Handler<'UpdateApp'> = async ({ params, body }, context) => {
  const { orgId, appId } = await getApplication(context, params.appId)
  const { appName, authConfiguration } = body
  const serviceConfig =
    body.serviceConfig === undefined ? null : readServiceConfig(context, body.serviceConfig)
  const changed = await context.services.store.changeApplication(orgId, appId, {
    ...{ appName, authConfiguration, serviceConfig },
  })
  context.services.engine.applicationChanged(changed)
  return applicationRecord(changed)
}
