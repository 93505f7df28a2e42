import type { Handler } from '../context.ts'
import { getApplication, getLatestDeployment, getRoom } from '../find.ts'
import { placing } from '../new-process.ts'
import { tellPlaced } from './placed.ts'
import { connectionInfo } from './room-answers.ts'

/** Placed anew in its own region, on the newest deployment; one that is on a process stays there. */
export const resumeRoom: Handler<'ResumeRoom'> = async ({ params }, context) => {
  const { services } = context
  const application = await getApplication(context, params.appId)
  const { room: before } = await getRoom(context, params.appId, params.roomId)
  const deployment = await getLatestDeployment(context, application)
  const order = { application, deployment, region: before.region }
  const { request, places } = await placing(services, order)
  const placed = await services.store.resumeRoom(
    { roomId: before.roomId, roomAllocationId: services.uuid() },
    request,
    places,
  )
  tellPlaced(services, placed)
  const { room, process } = placed
  return { ...connectionInfo(room, process), processId: process.processId }
}
