import { randomBase36 } from './base36.ts'

/** The id of a room that the caller leaves to us: 13 characters of base 36, about 67 random bits. */
export const newRoomId = (): string => randomBase36(13)
