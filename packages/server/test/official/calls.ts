/** A call of each operation that the official client has, by the operation's id. */
import { buildingCalls } from './building-calls.ts'
import type { Call } from './known.ts'
import { managingCalls } from './managing-calls.ts'
import { playingCalls } from './playing-calls.ts'

export type { Call }

export const calls = {
  ...buildingCalls,
  ...playingCalls,
  ...managingCalls,
} satisfies Record<string, Call>

export type OfficialId = keyof typeof calls

/** What the official client makes of an answer. */
export type AnswerOf<Id extends OfficialId> = Awaited<ReturnType<(typeof calls)[Id]>>
