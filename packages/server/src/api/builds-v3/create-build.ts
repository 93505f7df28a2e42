import { HatcheryError } from '@hatchery/contract'
import { buildV3 } from '../../domain/wire.ts'
import type { Handler, Services } from '../context.ts'
import { show } from '../explain.ts'
import { assertOwnOrganization } from '../find.ts'
import { uploadUrl } from '../upload-url.ts'
import { newBuild } from './new-build.ts'

/** A build to upload to: exactly as many signed part URLs as the size needs. */
export const createBuild: Handler<'CreateBuild'> = async ({ query, body }, context) => {
  const { store, uploads, clock, uploadKey, buildLimits, assertDiskSpace } = context.services
  assertOwnOrganization(context, query.orgId)
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
  return {
    ...buildV3(build),
    maxChunkSize: partBytes,
    uploadParts: Array.from({ length: count }, (_, index) => ({
      partNumber: index + 1,
      putRequestUrl: uploadUrl({ ...signing, part: index + 1 }),
    })),
    completeUploadPostRequestUrl: uploadUrl({ ...signing, part: 'complete' }),
  }
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
