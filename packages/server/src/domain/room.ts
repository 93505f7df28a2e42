/** A room: one match. It is placed on a process, leaves it when it ends or is suspended, and ends with it. */
import type { Instant } from './clock.ts'
import type { ProcessId } from './process.ts'

/** The stay of a room on a process. */
export interface RoomStay {
  readonly roomAllocationId: string
  readonly processId: ProcessId
  readonly scheduledAt: Instant
  /** Null while it is there. */
  readonly unscheduledAt: Instant | null
}

export type RoomState = 'active' | 'suspended' | 'destroyed'

export interface Room {
  /** Insertion order over all rooms; given by the store. */
  readonly seq: number
  readonly roomId: string
  readonly orgId: string
  readonly appId: string
  /** The region that was asked for; the process may be in one that it spills over to. */
  readonly region: string
  readonly status: RoomState
  readonly roomConfig: string | null
  /** Where it is now; null unless it is active. */
  readonly stay: RoomStay | null
  readonly createdAt: Instant
  readonly endedAt: Instant | null
  /** Why it ended, in words; null before. */
  readonly endReason: string | null
}

/** The first room of a process that was started for it: the game server is told at its start. */
export interface InitialRoom {
  readonly roomId: string
  readonly roomConfig: string | null
}
