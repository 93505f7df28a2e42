import { HatcheryError } from '@hatchery/contract'
import type { Build } from '../../domain/build.ts'
import { canBuild, canPull } from '../../domain/driver.ts'
import { readRegistryImage } from '../../domain/registry-image.ts'
import type { Handler, Services } from '../context.ts'
import { assertOwnOrganization, getBuild } from '../find.ts'
import { assertNotDeleted } from './run-build.ts'

/** Pulls the image and makes it what the build runs. Run again while it pulls joins it, afterwards replays it. */
export const runBuildRegistry: Handler<'RunBuildRegistry'> = async (
  { params, query, body },
  context,
) => {
  assertOwnOrganization(context, query.orgId)
  const build = await getBuild(context, params.buildId)
  assertNotDeleted(build)
  assertOfRegistry(build)
  const image = readRegistryImage(body)
  if (build.status === 'created') {
    assertRunsImages(context.services)
    context.services.assertDiskSpace()
    await context.services.assertRegistry(image.host)
  }
  return context.services.engine.runBuild(build, context.signal, image)
}

function assertOfRegistry({ buildId, source }: Build): void {
  if (source.kind === 'registry') return
  throw new HatcheryError(
    'not-now',
    `build ${buildId} is made from an archive: run it with POST /builds/v3/builds/${buildId}/run, or create one with POST /builds/v3/builds/registry`,
  )
}

function assertRunsImages({ regions }: Services): void {
  if (regions.drivers.some((driver) => canBuild(driver) && canPull(driver.builder))) return
  throw new HatcheryError(
    'not-now',
    'no region here runs images: start the server with --docker or name a Docker engine in `nodes`, or upload an archive with a Procfile through POST /builds/v3/builds',
  )
}
