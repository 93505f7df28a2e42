/** When a process is idle. Pure. Only a known zero is idle; what cannot be measured is unknown, never zero. */
import type { Activity } from './driver.ts'

export interface IdleInput {
  readonly activity: Activity
  readonly roomsAllocated: number
  /** Whether a room was ever placed on it, as far as is known. */
  readonly hadRoom: boolean
}

/** Whether the idle clock runs while things are so. */
export function isIdle({ activity, roomsAllocated, hadRoom }: IdleInput): boolean {
  if (activity.kind === 'known') return activity.count === 0
  return roomsAllocated === 0 && hadRoom
}

/** Since when it is idle (monotonic ms), or null. Starts anew after activity and when a room is placed. */
export function idleSince(
  before: { since: number | null; rooms: number } | undefined,
  input: IdleInput,
  now: number,
): number | null {
  if (!isIdle(input)) return null
  const placed = before !== undefined && input.roomsAllocated > before.rooms
  return before === undefined || before.since === null || placed ? now : before.since
}
