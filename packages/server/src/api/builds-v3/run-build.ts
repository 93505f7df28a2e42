import { HatcheryError } from '@hatchery/contract'
import type { Build } from '../../domain/build.ts'
import type { Context, Handler, Services } from '../context.ts'
import { assertOwnOrganization, getBuild } from '../find.ts'

/** The build's output to its end. Run again while it runs joins it, afterwards replays it. */
export const runBuild: Handler<'RunBuild'> = async ({ params, query }, context) => {
  assertOwnOrganization(context, query.orgId)
  const build = await getBuild(context, params.buildId)
  assertNotDeleted(build)
  return await runUploaded(context, build)
}

/** Runs, joins or replays a build that is not deleted, as it is now. */
export async function runUploaded(
  { services, signal }: Pick<Context, 'services' | 'signal'>,
  build: Build,
): Promise<AsyncIterable<Uint8Array>> {
  if (build.source.kind === 'registry') {
    throw new HatcheryError(
      'not-now',
      `build ${build.buildId} comes from a registry: run it with POST /builds/v3/builds/${build.buildId}/runRegistry`,
    )
  }
  if (build.status === 'created') await assertUploaded(services, build)
  return services.engine.runBuild(build, signal)
}

export function assertNotDeleted(build: Build): void {
  if (build.deletedAt === null) return
  throw new HatcheryError('not-now', `build ${build.buildId} was deleted: create another one`)
}

async function assertUploaded(
  { uploads, assertDiskSpace }: Services,
  { buildId, number, source }: Build,
): Promise<void> {
  if (source.kind === 'file' && !(await uploads.has(buildId))) {
    throw new HatcheryError(
      'not-now',
      `build ${buildId} has no archive yet: send one as the part \`file\` of POST /builds/v2/{appId}/run/${number}`,
    )
  }
  const state = await uploads.state(buildId)
  if (!state.complete) throw new HatcheryError('not-now', incomplete(buildId, state.missing))
  assertDiskSpace()
}

function incomplete(buildId: string, missing: readonly number[]): string {
  const what =
    missing.length === 0
      ? 'it was not completed'
      : `missing parts: ${missing.slice(0, 10).join(', ')}`
  return `the upload of build ${buildId} is not complete (${what}): send its parts, then complete it`
}
