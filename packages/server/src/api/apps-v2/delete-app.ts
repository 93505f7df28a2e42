import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'

/** From this answer on the application and all in it are gone; its processes are asked to stop. */
export const deleteApp: Handler<'DeleteApp'> = async ({ params }, context) => {
  const { store, engine, clock } = context.services
  const { orgId, appId } = await getApplication(context, params.appId)
  for (const processId of await store.deleteApplication(
    orgId,
    appId,
    context.auth.orgTokenId,
    clock.now(),
  )) {
    engine.nudge(processId)
  }
}
