import { HatcheryError } from '@hatchery/contract'
import type { Handler } from '../context.ts'
import { assertOwnOrganization, getBuild } from '../find.ts'
import { assertNotDeleted } from './run-build.ts'

/** Images of a registry are not pulled yet: says so, and what works instead. */
export const runBuildRegistry: Handler<'RunBuildRegistry'> = async ({ params, query }, context) => {
  assertOwnOrganization(context, query.orgId)
  const build = await getBuild(context, params.buildId)
  assertNotDeleted(build)
  throw new HatcheryError(
    'not-now',
    'images of a registry are not run here: upload an archive with a Procfile, or with a Dockerfile for regions of a Docker engine, through POST /builds/v3/builds',
  )
}
