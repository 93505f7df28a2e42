/**
 * Reads what is appended to one file, once for all that follow it. The kernel's notice of a write is a hint to look
 * soon, a slow look in between misses nothing. What comes within 5 ms is one chunk.
 */
import { type FSWatcher, watch } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Follower } from './log-follower.ts'
import type { OpenLog } from './open-log.ts'

const joinMs = 5
const lookMs = 250
/** Where the kernel says nothing: the file is not there yet, or cannot be watched. */
const blindLookMs = 50
const chunkBytes = 256 * 1024

export class LogTailer {
  /** Settles when the file was looked for once. */
  readonly opened: Promise<void>
  readonly #path: string
  readonly #open: () => Promise<OpenLog | undefined>
  readonly #followers = new Set<Follower>()
  /** Those that were not asked yet whether it is over. */
  readonly #fresh = new Set<Follower>()
  #log: OpenLog | undefined
  #watcher: FSWatcher | undefined
  #position = 0
  #generation = 0
  #removed = false
  #closed = false
  #failure: { readonly error: unknown } | undefined
  #hint = Promise.withResolvers<void>()
  #askAt = 0

  constructor(path: string, open: () => Promise<OpenLog | undefined>) {
    this.#path = path
    this.#open = open
    this.opened = this.#openFirst()
    void this.#run()
  }

  get failed(): boolean {
    return this.#failure !== undefined
  }

  /** Grows when the file shrank: offsets from before mean nothing any more. */
  get generation(): number {
    return this.#generation
  }

  /** Whether everything before `offset` was read by the tailer; the rest comes to those that attach now. */
  isAt(offset: number): boolean {
    return offset >= this.#position
  }

  /** Bytes from `offset` on, never beyond where the tailer is. */
  async readBehind(offset: number): Promise<{ bytes: Buffer; next: number }> {
    const mostBytes = Math.min(chunkBytes, this.#position - offset)
    return this.#log === undefined
      ? { bytes: Buffer.of(), next: offset }
      : await this.#log.readAt(offset, mostBytes)
  }

  /** For one who found less than the tailer did: the file was emptied in between. */
  async lookAgain(): Promise<void> {
    this.#hint.resolve()
    await delay(2 * joinMs)
  }

  attach(follower: Follower): void {
    if (this.#failure !== undefined) return follower.fail(this.#failure.error)
    this.#followers.add(follower)
    this.#fresh.add(follower)
    this.#hint.resolve()
  }

  /** Asks whether it is over at once, not at the next slow look. */
  askNow(): void {
    this.#askAt = 0
    this.#hint.resolve()
  }

  detach(follower: Follower): void {
    this.#followers.delete(follower)
    this.#fresh.delete(follower)
  }

  close(): void {
    this.#closed = true
    this.#hint.resolve()
  }

  async #openFirst(): Promise<void> {
    await this.#openLog()
    this.#position = (await this.#log?.look())?.size ?? 0
  }

  async #openLog(): Promise<void> {
    this.#log = await this.#open()
    if (this.#log === undefined) return
    try {
      this.#watcher = watch(this.#path, { persistent: false }, () => this.#hint.resolve())
      this.#watcher.on('error', () => this.#unwatch())
    } catch {
      // The slow look does it alone.
    }
  }

  #unwatch(): void {
    this.#watcher?.close()
    this.#watcher = undefined
  }

  async #run(): Promise<void> {
    try {
      await this.opened
      while (!this.#closed) {
        if (!(await this.#readSome())) {
          await this.#endThoseThatAreOver()
          await this.#rest()
        }
        await delay(joinMs)
      }
    } catch (error) {
      this.#failure = { error }
      for (const follower of this.#followers) follower.fail(error)
    }
    this.#unwatch()
    await this.#log?.[Symbol.asyncDispose]()
  }

  /** Reads one chunk of what is new and hands it to all; true when there is more. */
  async #readSome(): Promise<boolean> {
    if (this.#log === undefined) await this.#openLog()
    if (this.#log === undefined) return false
    const { size, removed } = await this.#log.look()
    this.#removed = removed
    this.#noticeShrinking(size)
    if (size === this.#position) return false
    const { bytes, next } = await this.#log.readAt(
      this.#position,
      Math.min(chunkBytes, size - this.#position),
    )
    for (const follower of this.#followers) follower.push(bytes, next - bytes.byteLength)
    this.#position = next
    return next < size
  }

  /** A file that is shorter than what was read of it was emptied: everybody begins again at its start. */
  #noticeShrinking(size: number): void {
    if (size < this.#position) {
      this.#position = size
      this.#generation += 1
      for (const follower of this.#followers) this.#rewind(follower)
    }
    for (const follower of this.#followers) if (follower.next > size) this.#rewind(follower)
  }

  #rewind(follower: Follower): void {
    this.detach(follower)
    follower.rewind()
  }

  /** What was written before `isOver` answered true is delivered first. */
  async #endThoseThatAreOver(): Promise<void> {
    let over = await this.#over(this.#toAsk())
    if (over.length === 0) return
    over = await this.#over([...this.#followers])
    while (!this.#closed && (await this.#readSome())) await delay(joinMs)
    for (const follower of over) {
      if (!this.#followers.has(follower)) continue
      this.detach(follower)
      follower.finish()
    }
  }

  /** Asking costs a look into the store: new ones are asked at once, of the others one at each slow look. */
  #toAsk(): Follower[] {
    const asked = [...this.#fresh]
    this.#fresh.clear()
    const [first] = this.#followers
    if (first === undefined || performance.now() < this.#askAt) return asked
    this.#askAt = performance.now() + lookMs
    this.#followers.delete(first)
    this.#followers.add(first)
    return asked.includes(first) ? asked : [...asked, first]
  }

  async #over(followers: readonly Follower[]): Promise<Follower[]> {
    const answers = await Promise.all(followers.map((follower) => this.#isOver(follower)))
    return followers.filter((_, index) => answers[index])
  }

  async #isOver(follower: Follower): Promise<boolean> {
    try {
      return this.#removed || (await follower.isOver())
    } catch (error) {
      this.detach(follower)
      follower.fail(error)
      return false
    }
  }

  async #rest(): Promise<void> {
    const afterMs = this.#watcher === undefined ? blindLookMs : lookMs
    const timer = setTimeout(() => this.#hint.resolve(), afterMs)
    await this.#hint.promise
    clearTimeout(timer)
    this.#hint = Promise.withResolvers()
  }
}
