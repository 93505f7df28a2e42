import { applicationRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

export const createApp: Handler<'CreateApp'> = async ({ query, body }, context) => {
  const { store, clock, uuid } = context.services
  assertOwnOrganization(context, query.orgId)
  const application = {
    appId: `app-${uuid()}`,
    orgId: context.auth.orgId,
    appName: body.appName,
    appSecret: `secret-${uuid()}`,
    authConfiguration: body.authConfiguration,
    serviceConfig: null,
    createdAt: clock.now(),
    createdBy: context.auth.by,
    deletedAt: null,
    deletedBy: null,
  }
  await store.insertApplication(application)
  return applicationRecord(application)
}
