import { applicationRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'

/** The one before stays good for a day; the one before that does not. */
export const rotateAppSecret: Handler<'RotateAppSecret'> = async ({ params }, context) => {
  const { store, engine, clock, uuid, log } = context.services
  const { orgId, appId, appSecret } = await getApplication(context, params.appId)
  const changed = await store.changeApplication(orgId, appId, {
    appSecret: `secret-${uuid()}`,
    previousSecret: { secret: appSecret, replacedAt: clock.now() },
  })
  engine.applicationChanged(changed)
  log.info({ event: 'application.secret-rotated', appId, by: context.auth.by }, 'secret rotated')
  return applicationRecord(changed)
}
