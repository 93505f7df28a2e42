/** Copies of an installation, made while it runs. */

/** The file of a copy, as it was written. */
export interface CopiedFile {
  readonly bytes: number
  /** Of its bytes, hexadecimal. */
  readonly sha256: string
}

/** A database that can be copied while it is written. */
export interface Copyable {
  /**
   * Writes the file `target`, which must not be there: all that was committed at the call, nothing later. Others read
   * and write meanwhile. Throws a HatcheryError `unavailable` when the disk fails, and what `signal` aborts with.
   */
  copyTo(target: string, signal: AbortSignal): Promise<CopiedFile>
}

export interface Backups {
  /**
   * A tar archive of what a restore needs, all of it as it was at one moment of the call: what was answered before is in
   * it. Resolves when that moment is kept; must then be read to its end, or left by `return` or `signal`. One at a time,
   * else `rate-limited`; `unavailable` when the disk has no room for the copies that are made first.
   */
  create(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
  /** Whether one is under way: what builds it needs must stay. */
  isUnderWay(): boolean
  /** Cuts off the one that is under way and waits for its end. */
  close(): Promise<void>
}
