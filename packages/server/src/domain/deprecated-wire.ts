/** Our records as the deprecated versions of the API show them: integers for ids of builds and deployments. */
import type { Build as WireBuild } from '@hatchery/contract'
import type { Build } from './build.ts'
import { buildV3 } from './wire.ts'

/** A build as BuildsV1 and V2 show it: it is the organization's, and answered as that of the application asked for. */
export function buildV1(build: Build, appId: string): WireBuild {
  const { buildTag, status, imageSize, createdBy, ...shown } = buildV3(build)
  const { createdAt, startedAt, finishedAt, deletedAt } = shown
  return {
    ...{ buildId: build.number, appId, status, imageSize, createdBy },
    ...(buildTag !== undefined && { buildTag }),
    ...{ createdAt, startedAt, finishedAt, deletedAt },
    regionalContainerTags: [],
  }
}
