/** A request as the wire has it, for tests of statuses and headers. */
import type { FakeHatchery } from './start-with-fakes.ts'

/** A request with the token and, where there is a body, a JSON content type. */
export const call = (
  { url, token }: Pick<FakeHatchery, 'url' | 'token'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> =>
  fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
