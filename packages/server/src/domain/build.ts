/** A build: an uploaded archive, and what a driver made of it. */
import type { BuildStatus } from '@hatchery/contract'
import type { Instant } from './clock.ts'
import type { Artifact } from './driver.ts'

export interface Build {
  readonly buildId: string
  readonly orgId: string
  readonly buildTag: string | null
  readonly status: BuildStatus
  /** Where its content comes from. */
  readonly source:
    | { readonly kind: 'upload'; readonly sizeBytes: number; readonly partBytes: number }
    | { readonly kind: 'registry' }
  /** Set once succeeded. */
  readonly artifact: Artifact | null
  /** Unpacked bytes; 0 until succeeded. */
  readonly imageSize: number
  /** Why it failed, in words. */
  readonly failure: string | null
  readonly createdAt: Instant
  readonly createdBy: string
  readonly startedAt: Instant | null
  readonly finishedAt: Instant | null
  readonly deletedAt: Instant | null
}
