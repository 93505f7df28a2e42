import { isIP } from 'node:net'
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../../domain/application.ts'
import type { Deployment } from '../../domain/deployment.ts'
import type { PlacedRoom } from '../../domain/store.ts'
import type { Auth } from '../auth.ts'
import type { Handler, Services } from '../context.ts'
import { assertNoZeroByte, show } from '../explain.ts'
import { assertRegion, getApplication, getLatestDeployment } from '../find.ts'
import { placing } from '../new-process.ts'
import { newRoomId } from '../room-id.ts'
import { tellPlaced } from './placed.ts'
import { connectionInfo } from './room-answers.ts'

interface Asker {
  readonly services: Services
  readonly auth: Auth
}

/** A room on the fullest process with a free slot, else on one that is made for it. */
export const createRoom: Handler<'CreateRoom'> = async (input, context) => {
  const { room, process } = await placeNewRoom(input, context)
  return { ...connectionInfo(room, process), processId: process.processId }
}

/** The room and its process, whichever version of the API asks. */
export async function placeNewRoom(
  { params, query, body }: Parameters<Handler<'CreateRoom'>>[0],
  context: Asker,
): Promise<PlacedRoom> {
  const { services } = context
  const application = await getApplication(context, params.appId)
  assertRegion(context, body.region)
  assertNoZeroByte('body.roomConfig', body.roomConfig ?? '')
  assertAddresses(services, body.clientIPs ?? [])
  const deployment = await deploymentFor(context, application, body.deploymentId)
  const order = { application, deployment, region: body.region }
  const { request, places } = await placing(services, order)
  const placed = await services.store.createRoom(
    {
      roomId: query.roomId ?? newRoomId(),
      isChosen: query.roomId !== undefined,
      region: body.region,
      roomConfig: body.roomConfig ?? null,
      roomAllocationId: services.uuid(),
    },
    request,
    places,
  )
  tellPlaced(services, placed)
  return placed
}

/** The newest, or the one that is named. */
async function deploymentFor(
  asker: Asker,
  application: Application,
  deploymentId: string | undefined,
): Promise<Deployment> {
  if (deploymentId === undefined) return await getLatestDeployment(asker, application)
  const { appId, appName } = application
  const deployment = await asker.services.store.findDeployment(appId, deploymentId)
  if (deployment !== undefined) return deployment
  throw new HatcheryError(
    'not-found',
    `application ${appName} has no deployment ${show(deploymentId)}`,
  )
}

/** No driver of ours admits players by address, so they are checked and not acted on. */
function assertAddresses({ log, strictClientIps }: Services, addresses: readonly string[]): void {
  const wrong = addresses.find((address) => isIP(address) === 0)
  if (wrong !== undefined)
    throw new HatcheryError('invalid', `body.clientIPs must hold IP addresses; got ${show(wrong)}`)
  if (addresses.length === 0) return
  if (strictClientIps)
    throw new HatcheryError(
      'invalid',
      'body.clientIPs cannot be enforced by the driver of this region: leave it out, or set strictClientIps to false',
    )
  log.warn({ event: 'room.client-ips', addresses: addresses.length }, 'clientIPs are not enforced')
}
