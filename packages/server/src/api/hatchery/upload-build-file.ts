import { HatcheryError } from '@hatchery/contract'
import type { Handler } from '../context.ts'
import { noFile, receiveArchive } from '../receive-archive.ts'
import { getSignedBuild } from './get-upload.ts'

/** An archive in one piece, in a form whose first fields are the permission. */
export const uploadBuildFile: Handler<'UploadBuildFile'> = ({ params, body }, { services }) =>
  body.read(async ({ fields, file }) => {
    const permission = permissionIn(fields)
    const build = await getSignedBuild(services, { ...params, part: 'file', ...permission })
    if (file === undefined) throw noFile()
    await receiveArchive(services, build, { bytes: file, formBytes: body.length })
  })

function permissionIn(fields: ReadonlyMap<string, string>) {
  const [expires, signature] = [fields.get('expires'), fields.get('signature')]
  if (expires !== undefined && signature !== undefined)
    return { expires: Number(expires), signature }
  throw new HatcheryError(
    'invalid',
    'the form must have the fields `expires` and `signature` of uploadBodyParams in front of its file',
  )
}
