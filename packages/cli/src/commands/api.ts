/** `hatchery api METHOD PATH`: any request, with the server's address and token. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { usageFailure } from '../failure.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The answer goes to stdout as it comes. `{appId}` in the path is the application's id. */
export async function callApi(
  context: Context,
  { words: [given = '', path = ''], flags }: Input<{ body: string | undefined }>,
): Promise<void> {
  const method = given.toUpperCase()
  if (!methods.includes(method))
    throw usageFailure(
      `METHOD must be one of ${methods.join(', ')}; got "${given}"`,
      'hatchery api -h',
    )
  if (!path.startsWith('/'))
    throw usageFailure(`PATH must begin with /; got "${path}"`, 'hatchery api -h')
  const filled = path.includes('{appId}')
    ? path.replaceAll('{appId}', encodeURIComponent(await context.appId()))
    : path
  const body = flags.body === undefined ? undefined : bodyOf(context, flags.body)
  const client = await context.client()
  const answer = await client.request(method, filled as `/${string}`, { body })
  const decoder = new TextDecoder()
  let ended = true
  for await (const chunk of answer.body ?? []) {
    const text = decoder.decode(chunk, { stream: true })
    ended = text.endsWith('\n')
    process.stdout.write(text)
  }
  if (!ended) process.stdout.write('\n')
}

/** JSON, `@FILE` or `-` for stdin. */
function bodyOf({ cwd, readStdin }: Context, given: string): unknown {
  const text =
    given === '-'
      ? readStdin()
      : given.startsWith('@')
        ? readFileSync(resolve(cwd, given.slice(1)), 'utf8')
        : given
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usageFailure(`--body is not JSON: ${error instanceof Error ? error.message : ''}`)
  }
}
