/** What a call came to: its value, or what it failed with. */

export type Result<Value, Failure = unknown> =
  | { readonly ok: true; readonly value: Value; readonly error?: never }
  | { readonly ok: false; readonly value?: never; readonly error: Failure }

export const OK = <Value>(value: Value): Result<Value, never> => ({ ok: true, value })

export const ERR = <Failure>(error: Failure): Result<never, Failure> => ({ ok: false, error })

/** The value; throws what the call failed with. */
export function unwrap<Value>(result: Result<Value>): Value {
  // oxlint-disable-next-line typescript/only-throw-error -- calls fail with errors
  if (!result.ok) throw result.error
  return result.value
}

/** The value; rejects with what the call failed with. */
export const unwrapAsync = async <Value>(result: Promise<Result<Value>>): Promise<Value> =>
  unwrap(await result)
