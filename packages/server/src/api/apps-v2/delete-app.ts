import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'

/** From this answer on the application and all in it are gone; its processes are asked to stop. */
export const deleteApp: Handler<'DeleteApp'> = async ({ params }, context) => {
  const { store, engine, clock, log } = context.services
  const { by } = context.auth
  const application = await getApplication(context, params.appId)
  const { orgId, appId } = application
  const at = clock.now()
  const processIds = await store.deleteApplication(orgId, appId, by, at)
  engine.applicationChanged({ ...application, deletedAt: at })
  for (const processId of processIds) engine.nudge(processId)
  log.info({ event: 'app.deleted', appId, by, processes: processIds.length }, 'app deleted')
}
