/**
 * Where the copying of a container's output stands, so that it goes on after a restart without losing or doubling a
 * line. The engine's log has an order that stays, but its times may be out of order by a little: so a position is a
 * time, and how many pieces from that time on were copied. Pure.
 */

export interface LogPosition {
  /** The engine's time from which pieces are asked for; null: from the beginning. */
  readonly since: string | null
  /** The time of the first piece from `since` on; another one there means that the engine dropped its oldest output. */
  readonly first: string | null
  /** Pieces from `since` on that were copied. */
  readonly count: number
  /** Bytes of our file when this was written: what is behind was copied, and not noted before a kill. */
  readonly sizeBytes: number
}

export const beginning: LogPosition = { since: null, first: null, count: 0, sizeBytes: 0 }

export interface Piece {
  readonly time: string
  readonly bytes: Buffer
}

/** Goes through the pieces that the engine has from `since` on. */
export interface LogJoin {
  /** Whether the next piece is to be copied. */
  take(piece: Piece): boolean
  /** After the pieces that were taken. */
  position(sizeBytes: number): LogPosition
}

/** Times are kept of so many pieces before older ones are forgotten. */
const mostTimes = 4_096
const forgetEvery = 1_024
/** Far more than two streams of a container can be out of order. */
const marginMs = 250

/** `tail`: what our file has behind the position. All times have the same length, so they compare as text. */
export function createLogJoin(from: LogPosition, tail: Buffer): LogJoin {
  let { since, first, count } = from
  let toPass = count
  let rest = tail
  let isFirst = true
  let times: string[] = []

  function begin({ time }: Piece): void {
    isFirst = false
    if (first === null || first === time) return
    first = null
    count = 0
    toPass = 0
  }

  function add(time: string): void {
    first ??= time
    count += 1
    times.push(time)
    if (times.length >= mostTimes && times.length % forgetEvery === 0) forgetOld(time)
  }

  /** Moves `since` forward, only where every piece from there on is known. */
  function forgetOld(newest: string): void {
    const cut = timeBefore(newest, marginMs)
    const [oldest] = times
    if (oldest === undefined || cut <= oldest) {
      times = times.slice(-2 * mostTimes)
      return
    }
    times = times.filter((time) => time >= cut)
    since = cut
    first = times[0] ?? null
    count = times.length
  }

  function isInTail({ bytes }: Piece): boolean {
    const isThere = rest.length > 0 && rest.subarray(0, bytes.length).equals(bytes)
    rest = isThere ? rest.subarray(bytes.length) : Buffer.alloc(0)
    return isThere
  }

  return {
    take(piece) {
      if (isFirst) begin(piece)
      if (toPass > 0) {
        toPass -= 1
        return false
      }
      add(piece.time)
      return !isInTail(piece)
    },
    position: (sizeBytes) => ({ since, first, count, sizeBytes }),
  }
}

/** `2026-01-02T03:04:05.123456789Z`, some milliseconds earlier. */
function timeBefore(time: string, ms: number): string {
  const instant = Date.parse(time) - ms
  return `${new Date(instant).toISOString().slice(0, 23)}000000Z`
}

/** As the engine's `since` wants it: seconds with nanoseconds behind the point. */
export function secondsOf(time: string): string {
  const seconds = Math.floor(Date.parse(`${time.slice(0, 19)}Z`) / 1_000)
  return `${seconds}.${time.slice(20, 29)}`
}
