/** Finds what a path names, or says in words that it is not there. Another organization's things are not there. */
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import type { Build } from '../domain/build.ts'
import type { Deployment } from '../domain/deployment.ts'
import type { Process } from '../domain/process.ts'
import type { Node } from '../domain/region.ts'
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
  if (application !== undefined) return application
  throw new HatcheryError(
    'not-found',
    `there is no application ${show(appId)}; GET /apps/v2/apps lists yours`,
  )
}

export async function getLatestDeployment(
  { services }: Asker,
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

export async function getProcess(asker: Asker, appId: string, processId: string): Promise<Process> {
  const application = await getApplication(asker, appId)
  const process = await asker.services.store.findProcess(application.appId, processId)
  if (process !== undefined) return process
  throw new HatcheryError(
    'not-found',
    `application ${application.appName} has no process ${show(processId)}`,
  )
}

export async function getBuild({ services, auth }: Asker, buildId: string): Promise<Build> {
  const build = await services.store.findBuild(auth.orgId, buildId)
  if (build !== undefined) return build
  throw new HatcheryError(
    'not-found',
    `there is no build ${show(buildId)}; GET /builds/v3/builds lists yours`,
  )
}

/** Throws `invalid` for a region that this installation does not have. */
export function getNode({ services }: Asker, region: string): Node {
  const node = services.regions.nodeOf(region)
  if (node !== undefined) return node
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
