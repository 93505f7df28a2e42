/** Builds whose archives come in the ways of the older versions. The application of the path is only looked for. */
import type { Build } from '../../domain/build.ts'
import { buildV1 } from '../../domain/deprecated-wire.ts'
import type { ContextOf, Handler } from '../context.ts'
import { createInParts } from '../builds-v3/create-build.ts'
import { newBuild } from '../builds-v3/new-build.ts'
import { getApplication } from '../find.ts'
import { uploadForm } from '../upload-url.ts'

/** Its archive comes with RunBuild. */
export const createFileBuild: Handler<'CreateBuildV2Deprecated'> = async (
  { params, body },
  context,
) => buildV1(await insertFileBuild(context, params.appId, body), params.appId)

/** Its archive comes in a form that needs no token, or with RunBuild. */
export const createBuildWithForm: Handler<'CreateBuildWithUploadUrlV2Deprecated'> = async (
  { params, body },
  context,
) => {
  const build = await insertFileBuild(context, params.appId, body)
  const { clock, uploadKey: key } = context.services
  const { baseUrl } = context
  const form = uploadForm({ baseUrl, key, buildId: build.buildId, now: clock.now() })
  return { ...buildV1(build, params.appId), ...form }
}

export const createBuildInParts: Handler<'CreateWithMultipartUploadsV2Deprecated'> = async (
  { params, body },
  context,
) => {
  await getApplication(context, params.appId)
  const { build, urls } = await createInParts(context, body)
  return { ...buildV1(build, params.appId), ...urls }
}

async function insertFileBuild(
  context: ContextOf<'CreateBuildV2Deprecated'>,
  appId: string,
  named: { buildTag?: string },
): Promise<Build> {
  await getApplication(context, appId)
  return await context.services.store.insertBuild(newBuild(context, named, { kind: 'file' }))
}
