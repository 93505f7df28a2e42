/** A lobby: a room that a player made, to be found by others. */
import type { LobbyVisibility } from '@hatchery/contract'
import type { Room } from './room.ts'

export interface Lobby {
  /** It is over when the room is; its config is the room's. */
  readonly room: Room
  readonly visibility: LobbyVisibility
  /** Where the room was placed: another than the room's when its region spilled over. */
  readonly region: string
  /** Several may have the same. */
  readonly shortCode: string
  /** The id of a player. */
  readonly createdBy: string
  /** What the game server tells of it, as JSON; null when it never did. */
  readonly state: string | null
}
