import { HatcheryError } from '@hatchery/contract'
import { lengthOfPart } from '../../domain/build.ts'
import type { Handler } from '../context.ts'
import { getUpload } from './get-upload.ts'

/** One part of an archive, streamed to its place in the file. The ETag is the part's SHA-256. */
export const uploadBuildPart: Handler<'UploadBuildPart'> = async (
  { params, query, body },
  context,
) => {
  const { buildId, partNumber } = params
  const source = await getUpload(context.services, { buildId, part: partNumber, ...query })
  const lengthBytes = lengthOfPart(source, partNumber)
  if (body.length !== undefined && body.length !== lengthBytes) {
    throw new HatcheryError(
      'invalid',
      `part ${partNumber} must have exactly ${lengthBytes} bytes; its Content-Length is ${body.length}`,
    )
  }
  context.services.assertDiskSpace()
  const offset = (partNumber - 1) * source.partBytes
  const part = { partNumber, offset, lengthBytes, bytes: body.bytes }
  context.setHeader('etag', await context.services.uploads.writePart(buildId, part))
}
