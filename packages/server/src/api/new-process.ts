/** A new process as a handler asks for it: of a deployment, with what the store needs to find a place. */
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import type { Build } from '../domain/build.ts'
import type { Deployment } from '../domain/deployment.ts'
import { fleetOf } from '../domain/deployment-fleet.ts'
import { type Place, placesFor } from '../domain/placement.ts'
import { requestFor } from '../domain/process-request.ts'
import type { Process } from '../domain/process.ts'
import { problemInRegion } from '../domain/startable.ts'
import type { ProcessRequest } from '../domain/store.ts'
import type { Auth } from './auth.ts'
import type { Context, Services } from './context.ts'
import { assertRegion, getApplication, getBuildOf, getLatestDeployment } from './find.ts'

/** A process of the newest deployment, accepted and durable; the engine starts it after the answer. */
export async function makeProcess(
  context: Context & { readonly auth: Auth },
  given: { readonly appId: string; readonly region: string },
): Promise<Process> {
  const { store, engine, log } = context.services
  const application = await getApplication(context, given.appId)
  assertRegion(context, given.region)
  const idempotencyKey = readKey(context.header('idempotency-key'))
  const deployment = await getLatestDeployment(context, application)
  const order = { application, deployment, region: given.region }
  const { request, places } = await placing(context.services, order)
  const process = await store.placeProcess({ ...request, idempotencyKey }, places)
  if (isNew(process, request)) {
    engine.nudge(process.processId)
    const { processId, appId, region } = process
    log.info({ event: 'process.starting', processId, appId, region }, 'starting')
  }
  return process
}

/** One that was there under the same key is older. Its id does not tell: a process that takes a warm run has that one's. */
const isNew = ({ createdAt, bootedAt }: Process, request: ProcessRequest): boolean =>
  bootedAt === null && createdAt >= request.createdAt

/** Of our own, beside the published API: the same key within a day answers the same process. */
function readKey(text: string | undefined): string | null {
  if (text === undefined) return null
  if (/^[\x21-\x7e]{1,100}$/.test(text)) return text
  throw new HatcheryError(
    'invalid',
    'the header idempotency-key must be 1 to 100 characters of printable ASCII without spaces',
  )
}

export interface ProcessOrder {
  readonly application: Application
  readonly deployment: Deployment
  readonly region: string
}

/**
 * Where it may go is said by the fleet of the deployment. Throws `invalid` when the build of the deployment was deleted
 * or cannot run in the region, `unavailable` while the disk is too full.
 */
export async function placing(
  services: Services,
  { application, deployment, region }: ProcessOrder,
): Promise<{ request: ProcessRequest; places: Place[] }> {
  const build = await buildFor(services, application, deployment)
  const problem = problemInRegion(build, services.regions, region)
  if (problem !== undefined) throw new HatcheryError('invalid', problem)
  services.assertDiskSpace()
  services.engine.assertStarts()
  const fleet = await fleetOf(services.store, deployment)
  const given = { processId: services.uuid(), createdAt: services.clock.now() }
  return {
    request: requestFor(deployment, { ...given, fleetId: fleet?.fleetId ?? null }),
    places: placesFor(services.regions, region, {
      serviceConfig: application.serviceConfig,
      ...{ build, fleet },
    }),
  }
}

async function buildFor(
  services: Services,
  application: Application,
  deployment: Deployment,
): Promise<Build> {
  const build = await getBuildOf(services, application.orgId, deployment.buildId)
  if (build.deletedAt === null) return build
  throw new HatcheryError(
    'invalid',
    `build ${build.buildId} of deployment ${deployment.deploymentId} was deleted: deploy another build`,
  )
}
