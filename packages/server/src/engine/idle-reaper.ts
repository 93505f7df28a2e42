/** Stops processes that nobody plays on. The clock of a process starts anew with the server: never too early. */
import type { Clock, Instant } from '../domain/clock.ts'
import type { Activity } from '../domain/driver.ts'
import { idleSince } from '../domain/idle.ts'
import { type Process, type ProcessId, stopping } from '../domain/process.ts'
import type { Store } from '../domain/store.ts'

export interface IdleReaperOptions {
  readonly store: Store
  readonly clock: Clock
  readonly idleMs: number
  readonly nudge: (processId: ProcessId) => void
}

export interface IdleReaper {
  see(process: Process, activity: Activity): void
  /** A room came: the clock starts anew, even when the room has left again by the next measurement. */
  roomPlaced(process: Process): void
  forget(processId: ProcessId): void
  /** By the wall clock; null while it is not idle, and where nothing is known. */
  idleSince(processId: ProcessId): Instant | null
}

interface Watched {
  since: number | null
  /** The same by the wall clock, for those who ask; means nothing without it. */
  sinceWall: Instant
  rooms: number
  hadRoom: boolean
}

export function createIdleReaper(options: IdleReaperOptions): IdleReaper {
  const watched = new Map<ProcessId, Watched>()

  async function stopIdle(processId: ProcessId): Promise<void> {
    const minutes = Math.round(options.idleMs / 60_000)
    const at = options.clock.now()
    await options.store.changeProcess(processId, (process) =>
      process.status === 'running' && process.roomsAllocated === 0
        ? stopping(process, { kind: 'idle', minutes }, at)
        : process,
    )
    options.nudge(processId)
  }

  function see(process: Process, activity: Activity): void {
    if (!process.idleTimeoutEnabled || process.status !== 'running') return
    const before = watched.get(process.processId)
    const hadRoom = (before?.hadRoom ?? false) || process.roomsAllocated > 0
    const now = options.clock.monotonic()
    const since = idleSince(
      before,
      { activity, roomsAllocated: process.roomsAllocated, hadRoom },
      now,
    )
    const isSame = before !== undefined && since === before.since
    const sinceWall = isSame ? before.sinceWall : options.clock.now()
    watched.set(process.processId, { since, sinceWall, rooms: process.roomsAllocated, hadRoom })
    if (since !== null && now - since >= options.idleMs) void stopIdle(process.processId)
  }

  const roomPlaced = ({ processId, roomsAllocated }: Process): void =>
    void watched.set(processId, {
      since: null,
      sinceWall: 0,
      rooms: roomsAllocated,
      hadRoom: true,
    })

  return {
    ...{ see, roomPlaced },
    forget: (processId) => void watched.delete(processId),
    idleSince(processId) {
      const found = watched.get(processId)
      return found === undefined || found.since === null ? null : found.sinceWall
    },
  }
}
