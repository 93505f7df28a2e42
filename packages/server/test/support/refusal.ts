/** What the server says when it refuses. */
import { ApiError } from '@hatchery/client'

export interface Refusal {
  readonly status: number
  readonly code: string | undefined
  readonly message: string
  readonly retryAfter: string | null
}

/** The refusal of a call through the client. Rejects when the call succeeds or fails in another way. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (failure: unknown) => failure,
  )
  if (!(error instanceof ApiError)) throw error
  const { status, code, headers, data$ } = error
  return { status, code, message: data$.message, retryAfter: headers.get('retry-after') }
}

/** The refusal that stands in an answer to a plain request. */
export async function refusalIn(answer: Response): Promise<Refusal> {
  const text = await answer.text()
  const body = JSON.parse(text) as { message: string }
  return {
    status: answer.status,
    code: answer.headers.get('hatchery-error') ?? undefined,
    message: body.message,
    retryAfter: answer.headers.get('retry-after'),
  }
}
