/** A build: an uploaded archive, and what a driver made of it. */
import { type BuildStatus, HatcheryError } from '@hatchery/contract'
import type { Instant } from './clock.ts'
import { type Artifact, type Driver, canFetch } from './driver.ts'

export interface Build {
  readonly buildId: string
  /** What the oldest versions call it by: 1, 2, … in its organization. Given by the store. */
  readonly number: number
  readonly orgId: string
  readonly buildTag: string | null
  readonly status: BuildStatus
  /** Where its content comes from. */
  readonly source:
    | { readonly kind: 'upload'; readonly sizeBytes: number; readonly partBytes: number }
    /** An archive in one piece, of a length that nobody knows before its end. */
    | { readonly kind: 'file' }
    | { readonly kind: 'registry' }
  /** One for each kind of place that can start it; empty until succeeded. */
  readonly artifacts: readonly Artifact[]
  /** Bytes of all artifacts, unpacked; 0 until succeeded. */
  readonly imageSize: number
  /** Why it failed, in words. */
  readonly failure: string | null
  readonly createdAt: Instant
  readonly createdBy: string
  readonly startedAt: Instant | null
  readonly finishedAt: Instant | null
  readonly deletedAt: Instant | null
}

/** A build before the store has it. */
export type NewBuild = Omit<Build, 'number'>

/** The name of its log among those of processes, whose ids are bare UUIDs. */
export const buildLogId = (buildId: string): string => `build-${buildId}`

/** Throws `invalid` unless it is there and can be deployed; `name` is what the caller calls it by. */
export function assertUsable(
  build: Build | undefined,
  name: string | number,
): asserts build is Build {
  if (build === undefined) throw unusable(`build ${name} is not known`)
  if (build.deletedAt !== null) throw unusable(`build ${name} was deleted`)
  if (build.status !== 'succeeded') throw unusable(`build ${name} is ${build.status}`)
}

const unusable = (why: string): HatcheryError =>
  new HatcheryError('invalid', `${why}: a deployment needs a build that succeeded`)

/** What a driver starts of a build, its own rather than another place's; undefined where it can start nothing of it. */
export const artifactFor = ({ artifacts }: Build, driver: Driver): Artifact | undefined =>
  artifacts.find((artifact) => driver.canStart(artifact)) ??
  artifacts.find((artifact) => canFetch(driver, artifact))

type UploadSource = Extract<Build['source'], { kind: 'upload' }>

/** Exact bytes of a part (numbers start at 1): full ones, and what is left in the last. Throws `invalid` past it. */
export function lengthOfPart({ sizeBytes, partBytes }: UploadSource, partNumber: number): number {
  const count = Math.ceil(sizeBytes / partBytes)
  if (partNumber < 1 || partNumber > count) {
    throw new HatcheryError('invalid', `partNumber must be 1 to ${count}; got ${partNumber}`)
  }
  return Math.min(partBytes, sizeBytes - (partNumber - 1) * partBytes)
}
