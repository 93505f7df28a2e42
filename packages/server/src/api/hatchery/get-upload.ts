import { HatcheryError } from '@hatchery/contract'
import type { Build } from '../../domain/build.ts'
import type { Services } from '../context.ts'
import { verifyUploadUrl } from '../upload-url.ts'

interface SignedRequest {
  readonly buildId: string
  readonly part: number | 'complete'
  readonly expires: number
  readonly signature: string
}

type UploadSource = Extract<Build['source'], { kind: 'upload' }>

/** What a signed URL is for. It works until it expires, for one build that was not run yet. */
export async function getUpload(
  { store, clock, uploadKey }: Services,
  request: SignedRequest,
): Promise<UploadSource> {
  verifyUploadUrl({ ...request, key: uploadKey, now: clock.now() })
  const build = await store.findBuildById(request.buildId)
  if (build === undefined || build.deletedAt !== null || build.source.kind !== 'upload') {
    throw new HatcheryError('not-found', 'the build of this URL is gone')
  }
  if (build.status !== 'created') {
    throw new HatcheryError(
      'not-now',
      `the build of this URL is ${build.status}: create another build to upload to`,
    )
  }
  return build.source
}
