import { HatcheryError } from '@hatchery/contract'
import type { Handler } from '../context.ts'
import { assertOwnOrganization, getBuild } from '../find.ts'
import { assertNotDeleted } from './run-build.ts'

/** No region here runs container images yet: says so, and what works instead. */
export const runBuildRegistry: Handler<'RunBuildRegistry'> = async ({ params, query }, context) => {
  assertOwnOrganization(context, query.orgId)
  const build = await getBuild(context, params.buildId)
  assertNotDeleted(build)
  throw new HatcheryError(
    'not-now',
    'no region of this installation runs container images, its regions run programs of this machine: upload an archive with a Procfile through POST /builds/v3/builds',
  )
}
