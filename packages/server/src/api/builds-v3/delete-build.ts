import { type Build, buildLogId } from '../../domain/build.ts'
import type { Handler, Services } from '../context.ts'
import { assertOwnOrganization, getBuild } from '../find.ts'

/** Marks it deleted; its files vanish when nothing uses them any more. */
export const deleteBuild: Handler<'DeleteBuild'> = async ({ params, query }, context) => {
  assertOwnOrganization(context, query.orgId)
  await removeBuild(context.services, await getBuild(context, params.buildId))
  return {}
}

export async function removeBuild(
  { store, uploads, logs, clock }: Services,
  { buildId }: Build,
): Promise<void> {
  const deletedAt = clock.now()
  await store.changeBuild(buildId, (build) =>
    build.deletedAt === null ? { ...build, deletedAt } : build,
  )
  await uploads.remove(buildId)
  await logs.remove(buildLogId(buildId))
}
