import type { Handler } from '../context.ts'
import { parseCompleteUpload } from '../uploads-complete-xml.ts'
import { getUpload } from './get-upload.ts'

/** Ends an upload: each part is there, with the ETag that its PUT answered. */
export const completeUpload: Handler<'CompleteUpload'> = async (
  { params, query, body },
  context,
) => {
  const { buildId } = params
  await getUpload(context.services, { buildId, part: 'complete', ...query })
  await context.services.uploads.complete(buildId, parseCompleteUpload(body))
}
