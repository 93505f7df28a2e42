/** Finds deployments by id or number, or says in words that they are not there; and the numbers behind ids. */
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import type { Deployment } from '../domain/deployment.ts'
import type { Auth } from './auth.ts'
import type { Services } from './context.ts'
import { show } from './explain.ts'
import { getApplication, getBuildOf, getLatestDeployment } from './find.ts'

interface Asker {
  readonly services: Services
  readonly auth: Auth
}

/** Deployments in one answer. Version 2.25.6 of the official client reads only the first page, so it is a large one. */
export const mostDeployments = 1_000

export async function getDeploymentById(
  asker: Asker,
  appId: string,
  deploymentId: string,
): Promise<Deployment> {
  const application = await getApplication(asker, appId)
  const found = await asker.services.store.findDeployment(application.appId, deploymentId)
  return found ?? refuse(application, show(deploymentId))
}

export async function getDeploymentByNumber(
  asker: Asker,
  appId: string,
  number: number,
): Promise<Deployment> {
  const application = await getApplication(asker, appId)
  const found = await asker.services.store.findDeploymentByNumber(application.appId, number)
  return found ?? refuse(application, String(number))
}

function refuse({ appName }: Application, name: string): never {
  throw new HatcheryError('not-found', `application ${appName} has no deployment ${name}`)
}

export const getLatestDeploymentOf = async (asker: Asker, appId: string): Promise<Deployment> =>
  await getLatestDeployment(asker, await getApplication(asker, appId))

/** Newest first, at most `mostDeployments`. */
export async function listNewestDeployments(asker: Asker, appId: string): Promise<Deployment[]> {
  const application = await getApplication(asker, appId)
  return await asker.services.store.listDeployments({
    ...{ appId: application.appId, beforeSeq: null, limit: mostDeployments },
  })
}

/** What the oldest versions call the build of a deployment. */
export async function buildNumberOf(services: Services, deployment: Deployment): Promise<number> {
  const { orgId, buildId } = deployment
  return (await getBuildOf(services, orgId, buildId)).number
}

/**
 * What the oldest versions call the deployment of a process. 0 where it is not known: a process that was adopted may be
 * of a deployment that is younger than the backup the records come from.
 */
export async function deploymentNumberOf(
  { store }: Services,
  { appId, deploymentId }: { appId: string; deploymentId: string },
): Promise<number> {
  return (await store.findDeployment(appId, deploymentId))?.number ?? 0
}
