import { HatcheryError } from '@hatchery/contract'
import type { Build } from '../../domain/build.ts'
import type { Services } from '../context.ts'
import { type UploadTarget, verifyUploadUrl } from '../upload-url.ts'

interface SignedRequest extends UploadTarget {
  readonly expires: number
  readonly signature: string
}

type UploadSource = Extract<Build['source'], { kind: 'upload' }>

/** What a signed URL of a part, or of the end, is for. */
export async function getUpload(services: Services, request: SignedRequest): Promise<UploadSource> {
  const { source } = await getSignedBuild(services, request)
  if (source.kind === 'upload') return source
  throw new HatcheryError('not-found', 'the build of this URL is not uploaded in parts')
}

/** The build of a signed URL. It works until it expires, for one build that was not run yet. */
export async function getSignedBuild(
  { store, clock, uploadKey }: Services,
  request: SignedRequest,
): Promise<Build> {
  verifyUploadUrl({ ...request, key: uploadKey, now: clock.now() })
  const build = await store.findBuildById(request.buildId)
  if (build === undefined || build.deletedAt !== null)
    throw new HatcheryError('not-found', 'the build of this URL is gone')
  if (build.status === 'created') return build
  throw new HatcheryError(
    'not-now',
    `the build of this URL is ${build.status}: create another build to upload to`,
  )
}
