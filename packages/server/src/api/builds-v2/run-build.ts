import type { FormBody } from '@hatchery/contract'
import type { Build } from '../../domain/build.ts'
import { assertNotDeleted, runUploaded } from '../builds-v3/run-build.ts'
import type { ContextOf, Handler } from '../context.ts'
import { getNumberedBuild } from '../find.ts'
import { archiveIn } from '../receive-archive.ts'

/** As RunBuild; an archive in the form comes first. */
export const runBuildV2: Handler<'RunBuildV2Deprecated'> = async ({ params, body }, context) =>
  await runUploaded(context, await withArchive({ params, body }, context))

interface Asked {
  readonly params: { readonly appId: string; readonly buildId: number }
  readonly body: FormBody
}

/** The build once it has what the form holds. `onNoFile` gets the build when that is nothing. */
export async function withArchive(
  { params, body }: Asked,
  context: ContextOf<'RunBuildV2Deprecated'>,
  onNoFile: (build: Build) => void = () => {},
): Promise<Build> {
  const build = await getNumberedBuild(context, params)
  assertNotDeleted(build)
  const received = await archiveIn(context.services, build, body)
  if (received !== undefined) return received
  // As it is now: a form can be slow.
  const current = await getNumberedBuild(context, params)
  assertNotDeleted(current)
  onNoFile(current)
  return current
}
