/** The body of every error answer. */
import Type, { type Static } from 'typebox'

export const ApiError = Type.Object(
  { message: Type.String({ description: 'What was wrong and, where there is one, the way out.' }) },
  { title: 'ApiError', description: 'What every error answers.' },
)
export type ApiError = Static<typeof ApiError>
