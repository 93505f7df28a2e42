/** Calls an operation by its entry in the contract, for tests that walk all of them. */
import type { Operation } from '@hatchery/contract'
import { pathOf } from './path-of.ts'

export interface Call {
  readonly url: string
  /** Sent behind `Bearer`; none when left out. */
  readonly token?: string | undefined
  /** By name, as `pathOf` fills them in. */
  readonly values?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
}

export interface Called {
  readonly status: number
  /** Why it was refused; null when it was not. */
  readonly code: string | null
  /** Empty when it was not refused. */
  readonly message: string
}

/** An answer that is no refusal is not read: some never end. */
export async function call(
  operation: Operation,
  { url, token, values = {}, body }: Call,
): Promise<Called> {
  const answer = await fetch(`${url}${pathOf(operation, values)}`, {
    method: operation.method.toUpperCase(),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const { status, ok, headers } = answer
  if (!ok) {
    const { message } = (await answer.json()) as { message: string }
    return { status, code: headers.get('hatchery-error'), message }
  }
  await answer.body?.cancel()
  return { status, code: null, message: '' }
}
