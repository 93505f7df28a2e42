/** Answers that go on for hours: whether who asked may still see them. */
import { HatcheryError } from '@hatchery/contract'
import { type Auth, authenticate } from './auth.ts'
import type { Context } from './context.ts'

type Asked = Context & { readonly auth: Auth }

/** How often it is looked at. */
export const stillAllowedMs = 2_000

/** Tokens may be revoked, people get other roles, and game servers end. */
export async function isStillAllowed(context: Asked): Promise<boolean> {
  try {
    const { scopes } = await authenticate(context.services, context.header('authorization'), {
      access: [],
      process: true,
    })
    return String(scopes) === String(context.auth.scopes)
  } catch (error) {
    if (error instanceof HatcheryError && error.code === 'unauthenticated') return false
    throw error
  }
}

/** Breaks the answer off, so that nobody takes it for whole; who comes back is told why. */
export async function* whileAllowed(
  context: Asked,
  pieces: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  const { monotonic } = context.services.clock
  let lookedAt = monotonic()
  for await (const piece of pieces) {
    if (monotonic() - lookedAt >= stillAllowedMs) {
      if (!(await isStillAllowed(context))) throw brokenOff()
      lookedAt = monotonic()
    }
    yield piece
  }
}

const brokenOff = (): HatcheryError =>
  new HatcheryError('unauthenticated', 'the token may not be used any more')
