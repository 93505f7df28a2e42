/** Deployments: written once, never changed. */
import { HatcheryError } from '@hatchery/contract'
import { type Build, assertUsable } from '../../domain/build.ts'
import type { Instant } from '../../domain/clock.ts'
import type { Deployment, NewDeployment } from '../../domain/deployment.ts'
import type { DeploymentQuery } from '../../domain/store.ts'
import { deploymentV3 } from '../../domain/wire.ts'
import { type Statement, type Unit, joined, rows, sql } from '../statements.ts'
import { findApplication } from './applications.ts'
import { findBuild } from './builds.ts'
import { recordEvent } from './events.ts'

/** Its `seq` and `number` stand beside the record. */
type DeploymentRow = { seq: number; number: number; record: string }

export function* insertDeployment(given: NewDeployment, now: Instant): Unit<Deployment> {
  const { orgId, appId, deploymentId, buildId } = given
  if ((yield* findApplication(orgId, appId)) === undefined) {
    throw new HatcheryError('not-found', `application ${appId} is not known`)
  }
  const build = yield* findBuild(orgId, buildId)
  assertUsable(build, buildId)
  const { buildTag } = build
  const record = { ...given, buildTag }
  const [inserted] = yield* rows<{ seq: number; number: number }>(sql`
    insert into deployments
      (deployment_id, app_id, number, build_id, build_tag, deployment_tag, record)
    values (${deploymentId}, ${appId},
      (select coalesce(max(number), 0) + 1 from deployments where app_id = ${appId}),
      ${buildId}, ${buildTag}, ${given.deploymentTag}, ${JSON.stringify(record)})
    returning seq, number`)
  if (inserted === undefined) throw new Error(`deployment ${deploymentId} got no row`)
  const deployment = { ...record, ...inserted }
  const body = JSON.stringify(deploymentV3(deployment))
  yield* recordEvent({ at: now, orgId, appId, kind: 'deployment', subject: deploymentId, body })
  return deployment
}

export function* findDeployment(appId: string, deploymentId: string): Unit<Deployment | undefined> {
  const [row] = yield* rows<DeploymentRow>(sql`
    select seq, number, record from deployments
    where deployment_id = ${deploymentId} and app_id = ${appId}`)
  return row && deploymentOf(row)
}

export function* findDeploymentByNumber(
  appId: string,
  number: number,
): Unit<Deployment | undefined> {
  const [row] = yield* rows<DeploymentRow>(sql`
    select seq, number, record from deployments where app_id = ${appId} and number = ${number}`)
  return row && deploymentOf(row)
}

export function* findLatestDeployment(appId: string): Unit<Deployment | undefined> {
  const [latest] = yield* listDeployments({ appId, beforeSeq: null, limit: 1 })
  return latest
}

export function* listDeployments(query: DeploymentQuery): Unit<Deployment[]> {
  const found = yield* rows<DeploymentRow>(listing(query))
  return found.map(deploymentOf)
}

function listing({ appId, buildTag, deploymentTag, beforeSeq, limit }: DeploymentQuery): Statement {
  const filters = [
    sql`select seq, number, record from deployments where app_id = ${appId}`,
    ...(beforeSeq === null ? [] : [sql`and seq < ${beforeSeq}`]),
    ...(buildTag === undefined ? [] : [sql`and build_tag = ${buildTag}`]),
    ...(deploymentTag === undefined ? [] : [sql`and deployment_tag = ${deploymentTag}`]),
    sql`order by seq desc limit ${limit}`,
  ]
  return joined(filters)
}

/** Applications without a deployment are left out. */
export function* findLatestDeployments(
  appIds: readonly string[],
): Unit<Map<string, { deployment: Deployment; build: Build }>> {
  const latest = new Map<string, { deployment: Deployment; build: Build }>()
  for (const appId of appIds) {
    const deployment = yield* findLatestDeployment(appId)
    const build = deployment && (yield* findBuild(deployment.orgId, deployment.buildId))
    if (deployment && build) latest.set(appId, { deployment, build })
  }
  return latest
}

const deploymentOf = ({ seq, number, record }: DeploymentRow): Deployment => ({
  ...(JSON.parse(record) as Omit<Deployment, 'seq' | 'number'>),
  ...{ seq, number },
})
