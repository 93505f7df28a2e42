import {
  type CreateMultipartBuildParams,
  type CreatedBuildV3WithMultipartUrls,
  HatcheryError,
} from '@hatchery/contract'
import type { Build } from '../../domain/build.ts'
import { buildV3 } from '../../domain/wire.ts'
import type { ContextOf, Handler, Services } from '../context.ts'
import { show } from '../explain.ts'
import { assertOwnOrganization } from '../find.ts'
import { uploadUrl } from '../upload-url.ts'
import { newBuild } from './new-build.ts'

type UploadUrls = Pick<
  CreatedBuildV3WithMultipartUrls,
  'uploadParts' | 'maxChunkSize' | 'completeUploadPostRequestUrl'
>

/** A build to upload to: exactly as many signed part URLs as the size needs. */
export const createBuild: Handler<'CreateBuild'> = async ({ query, body }, context) => {
  assertOwnOrganization(context, query.orgId)
  const { build, urls } = await createInParts(context, body)
  return { ...buildV3(build), ...urls }
}

/** The build, and what to upload where, as every version answers it. */
export async function createInParts(
  context: ContextOf<'CreateBuild'>,
  body: CreateMultipartBuildParams,
): Promise<{ build: Build; urls: UploadUrls }> {
  const { store, uploads, clock, uploadKey, buildLimits, assertDiskSpace } = context.services
  const sizeBytes = body.buildSizeInBytes
  assertSize(sizeBytes, buildLimits.maxBytes)
  assertDiskSpace()
  const { partBytes } = buildLimits
  const build = await store.insertBuild(
    newBuild(context, body, { kind: 'upload', sizeBytes, partBytes }),
  )
  await uploads.create(build.buildId, sizeBytes).catch(async (error: unknown) => {
    await takeBack(context.services, build.buildId)
    throw error
  })
  const { buildId } = build
  const signing = { baseUrl: context.baseUrl, key: uploadKey, buildId, now: clock.now() }
  const count = Math.ceil(sizeBytes / partBytes)
  const urls = {
    maxChunkSize: partBytes,
    uploadParts: Array.from({ length: count }, (_, index) => ({
      partNumber: index + 1,
      putRequestUrl: uploadUrl({ ...signing, part: index + 1 }),
    })),
    completeUploadPostRequestUrl: uploadUrl({ ...signing, part: 'complete' }),
  }
  return { build, urls }
}

/** A build without room for its archive is gone again; only its id stays used. */
async function takeBack({ store, clock }: Services, buildId: string): Promise<void> {
  const deletedAt = clock.now()
  await store.changeBuild(buildId, (build) => ({ ...build, deletedAt }))
}

function assertSize(sizeBytes: number, maxBytes: number): void {
  if (Number.isInteger(sizeBytes) && sizeBytes >= 1 && sizeBytes <= maxBytes) return
  throw new HatcheryError(
    'invalid',
    `body.buildSizeInBytes must be a whole number from 1 to ${maxBytes}; got ${show(sizeBytes)}`,
  )
}
