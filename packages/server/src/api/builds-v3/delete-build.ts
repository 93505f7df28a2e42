import { buildLogId } from '../../domain/build.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization, getBuild } from '../find.ts'

/** Marks it deleted; its files vanish when nothing uses them any more. */
export const deleteBuild: Handler<'DeleteBuild'> = async ({ params, query }, context) => {
  assertOwnOrganization(context, query.orgId)
  const { store, uploads, logs, clock } = context.services
  const { buildId } = await getBuild(context, params.buildId)
  const deletedAt = clock.now()
  await store.changeBuild(buildId, (build) =>
    build.deletedAt === null ? { ...build, deletedAt } : build,
  )
  await uploads.remove(buildId)
  await logs.remove(buildLogId(buildId))
  return {}
}
