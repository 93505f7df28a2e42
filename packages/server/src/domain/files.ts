/** What is kept as files in the data folder: logs and uploads. */
import type { Instant } from './clock.ts'

/**
 * Log files, one per process (written by its driver) and one per build (written by the engine), named by id.
 * Bytes come back as they were written.
 */
export interface LogArchive {
  /** The path a driver appends to. */
  pathOf(id: string): string
  /** Appends whole lines; used for builds and for what the engine has to say in a process' log. */
  append(id: string, text: string): Promise<void>
  /** The last `lines` lines and the offset behind them; undefined where there is no such log. */
  tail(id: string, lines: number): Promise<{ bytes: Uint8Array; end: number } | undefined>
  /**
   * Bytes from `offset` as they come, in chunks joined over some milliseconds; ends when `signal` aborts, when `isOver`
   * answers true and all is read; throws when the reader is 1 MB behind. At most 1,000 at once, else `rate-limited`.
   */
  follow(
    id: string,
    offset: number,
    isOver: () => Promise<boolean>,
    signal: AbortSignal,
  ): AsyncIterable<Uint8Array>
  /**
   * As `follow`, for a reader that counts: added to `begin`, the bytes it got are the offset to go on from. `begin` is
   * `offset`; where what is kept begins when that is later; 0 when the log is shorter. `bytes` ends only when the log is
   * over: it throws when the signal aborts, and when bytes were dropped that the reader did not get yet.
   */
  followCounted(
    id: string,
    offset: number,
    isOver: () => Promise<boolean>,
    signal: AbortSignal,
  ): Promise<{ begin: number; bytes: AsyncIterable<Uint8Array> }>
  /** Says that `isOver` answers true from now on: those that follow are told at once. */
  ended(id: string): void
  /** The whole file. */
  read(id: string): AsyncIterable<Uint8Array>
  size(id: string): Promise<number | undefined>
  /** Ids of all logs there are, of what ended too. */
  list(): Promise<string[]>
  /** Drops whole blocks from the front of files over `maxBytes`; offsets of followers stay right. */
  trim(id: string, maxBytes: number): Promise<void>
  /** What is not there is success. */
  remove(id: string): Promise<void>
}

/** Archives that are being uploaded, one per build: in parts into a preallocated file, or in one piece. */
export interface UploadStore {
  /** Makes room for `sizeBytes`; refuses with `unavailable` when the disk is too full. */
  create(buildId: string, sizeBytes: number): Promise<void>
  /** Streams one part to its offset. Refuses with `invalid` any length but `lengthBytes`. Answers the ETag: the quoted SHA-256. */
  writePart(buildId: string, part: UploadPart): Promise<string>
  /** Marks the upload complete when each part is there with its ETag; refuses with `invalid` and names the part otherwise. */
  complete(buildId: string, parts: readonly { partNumber: number; etag: string }[]): Promise<void>
  /**
   * Takes an archive in one piece. It is there once it is whole and on the disk; before, and when anything goes wrong,
   * nothing of it is. Of two at once the newer one wins. Refuses with `not-now` where the build has an archive, with
   * `invalid` one that is empty or too large, with `unavailable` when the disk is too full.
   */
  receive(buildId: string, archive: WholeArchive): Promise<void>
  /** Whether the archive is there, whole; false also where there is no upload. */
  has(buildId: string): Promise<boolean>
  /** What RunBuild needs: the path of a complete upload, or which parts are missing. */
  state(
    buildId: string,
  ): Promise<{ complete: true; path: string } | { complete: false; missing: readonly number[] }>
  /** What is not there is success. */
  remove(buildId: string): Promise<void>
  /** Ids of builds with an upload, with the time of the last write, to clean what was given up. */
  list(): Promise<{ buildId: string; changedAt: Instant }[]>
}

export interface WholeArchive {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly mostBytes: number
}

export interface UploadPart {
  readonly partNumber: number
  readonly offset: number
  readonly lengthBytes: number
  readonly bytes: AsyncIterable<Uint8Array>
}
