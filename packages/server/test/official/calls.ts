/** A call of each operation that the official client has, by the operation's id. */
import { buildingCalls } from './building-calls.ts'
import type { Call } from './known.ts'
import { managingCalls } from './managing-calls.ts'
import { playingCalls } from './playing-calls.ts'

const all = { ...buildingCalls, ...playingCalls, ...managingCalls }

export type OfficialId = keyof typeof all

export const calls: Readonly<Record<OfficialId, Call>> = all
