import { buildV1 } from '../../domain/deprecated-wire.ts'
import type { Handler } from '../context.ts'
import { getNumberedBuild } from '../find.ts'

export const getNumberedBuildRecord: Handler<'GetBuildInfoV2Deprecated'> = async (
  { params },
  context,
) => buildV1(await getNumberedBuild(context, params), params.appId)
