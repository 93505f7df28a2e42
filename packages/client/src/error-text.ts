/** What an answer that is an error says. */

/** What the server says; undefined where the body is not in the API's form. */
export function messageOf(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body)
    const message =
      typeof value === 'object' && value !== null && 'message' in value && value.message
    return typeof message === 'string' && message !== '' ? message : undefined
  } catch {
    return undefined
  }
}

/** What can be shown of a body that is not in the API's form: the beginning, in one line. */
export function textOf(body: string, response: Response): string {
  const line = body.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  return line === '' ? response.statusText || 'no body' : line
}
