/** Finds what a path names, or says in words that it is not there. Another organization's things are not there. */
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import type { Build } from '../domain/build.ts'
import type { Deployment } from '../domain/deployment.ts'
import type { Fleet } from '../domain/fleet.ts'
import type { Process } from '../domain/process.ts'
import type { Room } from '../domain/room.ts'
import type { FoundRoom } from '../domain/store.ts'
import type { Auth } from './auth.ts'
import type { Services } from './context.ts'
import { show } from './explain.ts'

interface Asker {
  readonly services: Services
  readonly auth: Auth
}

export async function getApplication(
  { services, auth }: Asker,
  appId: string,
): Promise<Application> {
  const application = await services.store.findApplication(auth.orgId, appId)
  if (application !== undefined && (await isOwnApplication({ services, auth }, appId)))
    return application
  throw new HatcheryError(
    'not-found',
    `there is no application ${show(appId)}; GET /apps/v2/apps lists yours`,
  )
}

/** For players, who have no organization. */
export async function getOpenApplication(
  { services }: Pick<Asker, 'services'>,
  appId: string,
): Promise<Application> {
  const application = await services.store.findOpenApplication(appId)
  if (application !== undefined) return application
  throw new HatcheryError('not-found', `there is no application ${show(appId)}`)
}

/** Of a game server: that of its process. Of everyone else any will do. */
async function isOwnApplication({ services, auth }: Asker, appId: string): Promise<boolean> {
  if (auth.processId === null) return true
  return (await services.store.findProcess(appId, auth.processId)) !== undefined
}

export async function getLatestDeployment(
  { services }: Pick<Asker, 'services'>,
  application: Application,
): Promise<Deployment> {
  const { appId, appName } = application
  const deployment = await services.store.findLatestDeployment(appId)
  if (deployment !== undefined) return deployment
  throw new HatcheryError(
    'not-found',
    `application ${appName} has no deployment yet: make one with POST /deployments/v3/apps/${appId}/deployments`,
  )
}

/** To a game server there is no process but itself. */
export async function getProcess(asker: Asker, appId: string, processId: string): Promise<Process> {
  const application = await getApplication(asker, appId)
  const process = isOwnProcess(asker, processId)
    ? await asker.services.store.findProcess(application.appId, processId)
    : undefined
  if (process !== undefined) return process
  throw new HatcheryError(
    'not-found',
    `application ${application.appName} has no process ${show(processId)}`,
  )
}

const isOwnProcess = ({ auth }: Asker, processId: string): boolean =>
  auth.processId === null || auth.processId === processId

/** The newest room of the id, over or not. To a game server there are only rooms that are or were on it. */
export async function getRoom(asker: Asker, appId: string, roomId: string): Promise<FoundRoom> {
  const application = await getApplication(asker, appId)
  const found = await asker.services.store.findRoom(application.appId, roomId)
  if (found !== undefined && (await isOwnRoom(asker, found.room))) return found
  throw noRoom(application, roomId)
}

/**
 * As `getRoom`, for a change: a game server may change only what is on it now. One that was destroyed on it is there
 * too: nothing of it changes any more, and destroying it again must succeed.
 */
export async function getRoomToChange(
  asker: Asker,
  appId: string,
  roomId: string,
): Promise<FoundRoom> {
  const application = await getApplication(asker, appId)
  const found = await asker.services.store.findRoom(application.appId, roomId)
  if (found !== undefined && (await mayChange(asker, found.room))) return found
  throw noRoom(application, roomId)
}

const noRoom = ({ appName }: Application, roomId: string): HatcheryError =>
  new HatcheryError('not-found', `application ${appName} has no room ${show(roomId)}`)

const isOnOwnProcess = ({ auth }: Asker, { stay }: Room): boolean =>
  auth.processId === null || stay?.processId === auth.processId

const mayChange = async (asker: Asker, room: Room): Promise<boolean> =>
  room.status === 'destroyed' ? await isOwnRoom(asker, room) : isOnOwnProcess(asker, room)

async function isOwnRoom(asker: Asker, room: Room): Promise<boolean> {
  if (isOnOwnProcess(asker, room)) return true
  const stays = await asker.services.store.listRoomStays(room)
  return stays.some(({ processId }) => processId === asker.auth.processId)
}

export const getBuild = ({ services, auth }: Asker, buildId: string): Promise<Build> =>
  getBuildOf(services, auth.orgId, buildId)

export async function getBuildOf(
  { store }: Services,
  orgId: string,
  buildId: string,
): Promise<Build> {
  const build = await store.findBuild(orgId, buildId)
  if (build !== undefined) return build
  throw new HatcheryError(
    'not-found',
    `there is no build ${show(buildId)}; GET /builds/v3/builds lists yours`,
  )
}

/** By its number, as the oldest versions ask for it: of the organization, in any application that is the caller's. */
export async function getNumberedBuild(
  asker: Asker,
  { appId, buildId }: { appId: string; buildId: number },
): Promise<Build> {
  await getApplication(asker, appId)
  const build = await asker.services.store.findBuildByNumber(asker.auth.orgId, buildId)
  if (build !== undefined) return build
  throw new HatcheryError(
    'not-found',
    `there is no build ${buildId}; GET /builds/v2/{appId}/list lists yours`,
  )
}

/** Throws `invalid` for a region that this installation does not have. */
export function assertRegion({ services }: Pick<Asker, 'services'>, region: string): void {
  if (services.regions.planOf(region) !== undefined) return
  throw new HatcheryError(
    'invalid',
    `region must be one of ${services.regions.names.join(', ')}; got ${show(region)}`,
  )
}

/** The organization named in a query is the token's own, or it is not there. */
export function assertOwnOrganization({ auth }: Asker, orgId: string | undefined): void {
  if (orgId === undefined || orgId === auth.orgId) return
  throw new HatcheryError('not-found', `there is no organization ${show(orgId)}`)
}

/** Of the token's organization, which may be named. */
export async function getFleet(
  asker: Asker,
  fleetId: string,
  orgId: string | undefined,
): Promise<Fleet> {
  assertOwnOrganization(asker, orgId)
  const fleet = await asker.services.store.findFleet(asker.auth.orgId, fleetId)
  if (fleet !== undefined) return fleet
  throw new HatcheryError(
    'not-found',
    `there is no fleet ${show(fleetId)}; GET /fleets/v2/fleets lists yours`,
  )
}

/** Throws `invalid` for one that is not there. */
export async function assertFleet({ services, auth }: Asker, fleetId: string): Promise<void> {
  if ((await services.store.findFleet(auth.orgId, fleetId)) !== undefined) return
  const fleets = await services.store.listFleets(auth.orgId)
  const known = fleets.map((fleet) => `${fleet.fleetId} (${fleet.name})`).join(', ')
  throw new HatcheryError('invalid', `body.fleetId must be one of ${known}; got ${show(fleetId)}`)
}
