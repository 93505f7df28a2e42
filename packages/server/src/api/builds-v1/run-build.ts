import { runUploaded } from '../builds-v3/run-build.ts'
import { withArchive } from '../builds-v2/run-build.ts'
import type { Handler } from '../context.ts'
import { noFile } from '../receive-archive.ts'

/** As in BuildsV2, but a build that was not run yet is not run without a file. */
export const runBuildV1: Handler<'RunBuildDeprecated'> = async (input, context) => {
  const build = await withArchive(input, context, ({ status }) => {
    if (status === 'created') throw noFile()
  })
  return await runUploaded(context, build)
}
