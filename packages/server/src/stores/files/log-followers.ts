/** Everybody who follows a log: how many there may be, and one tailer per file for all that follow it. */
import { HatcheryError } from '@hatchery/contract'
import { leavingAtTheEnd } from '../../domain/leaving.ts'
import { type Follower, type LogPiece, createFollower } from './log-follower.ts'
import { LogTailer } from './log-tailer.ts'
import type { OpenLog } from './open-log.ts'

export interface LogFollowersOptions {
  readonly maxFollowers: number
  pathOf(id: string): string
  open(id: string): Promise<OpenLog | undefined>
}

export interface FollowRequest {
  readonly id: string
  readonly offset: number
  readonly isOver: () => Promise<boolean>
  readonly signal: AbortSignal
}

export interface LogFollowers {
  /** Takes a place among the followers at once, else refuses with `rate-limited`; see `LogArchive.follow`. */
  follow(request: FollowRequest): AsyncIterable<LogPiece>
  /** See `LogArchive.ended`. */
  ended(id: string): void
}

export function createLogFollowers(options: LogFollowersOptions): LogFollowers {
  const tailers = new Map<string, { tailer: LogTailer; users: number }>()
  let count = 0

  /** The file's tailer, until `release`. A failed one is replaced. */
  function acquire(id: string): { tailer: LogTailer; release: () => void } {
    const path = options.pathOf(id)
    let shared = tailers.get(id)
    if (shared === undefined || shared.tailer.failed) {
      shared = { tailer: new LogTailer(path, () => options.open(id)), users: 0 }
      tailers.set(id, shared)
    }
    const mine = shared
    mine.users += 1
    function release(): void {
      mine.users -= 1
      if (mine.users > 0) return
      mine.tailer.close()
      if (tailers.get(id) === mine) tailers.delete(id)
    }
    return { tailer: mine.tailer, release }
  }

  return {
    ended: (id) => tailers.get(id)?.tailer.askNow(),
    follow({ id, offset, isOver, signal }) {
      if (count >= options.maxFollowers) throw tooMany(options.maxFollowers)
      const { tailer, release } = acquire(id)
      count += 1
      const leave = once(() => {
        follower.stop()
        signal.removeEventListener('abort', leave)
        tailer.detach(follower)
        release()
        count -= 1
      })
      const follower = createFollower({ offset, isOver, onStop: leave })
      signal.addEventListener('abort', leave)
      if (signal.aborted) leave()
      return leavingAtTheEnd(piecesOf(tailer, follower), leave)
    },
  }
}

/**
 * What a follower gets: first it reads by itself up to where the tailer is, at its own pace, then it gets what the
 * tailer reads. A file that shrank sends it back to the beginning of the file.
 */
async function* piecesOf(tailer: LogTailer, follower: Follower): AsyncGenerator<LogPiece, void> {
  await tailer.opened
  let generation = tailer.generation
  while (!follower.stopped()) {
    if (generation !== tailer.generation) {
      generation = tailer.generation
      follower.next = 0
    }
    if (tailer.isAt(follower.next)) {
      tailer.attach(follower)
      yield* follower.received()
      continue
    }
    const { bytes, next } = await tailer.readBehind(follower.next)
    if (generation !== tailer.generation) continue
    if (bytes.byteLength === 0) {
      await tailer.lookAgain()
      continue
    }
    follower.next = next
    yield { bytes, next }
  }
}

const tooMany = (most: number): HatcheryError =>
  new HatcheryError(
    'rate-limited',
    `${most} readers follow logs, which is the most: try again when some have left`,
    {
      retryAfterSeconds: 5,
    },
  )

function once(action: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    action()
  }
}
