import type { Handler } from '../context.ts'
import { removeBuild } from '../builds-v3/delete-build.ts'
import { getNumberedBuild } from '../find.ts'

export const deleteNumberedBuild: Handler<'DeleteBuildV2Deprecated'> = async (
  { params },
  context,
) => {
  await removeBuild(context.services, await getNumberedBuild(context, params))
}
