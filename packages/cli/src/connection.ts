/**
 * The server a command talks to. Address and token come as a pair from one source: a token is sent only to the address
 * that stands beside it.
 */
import { Failure } from './failure.ts'
import type { Source } from './sources.ts'

export interface Connection {
  readonly url: string
  readonly token: string
  readonly source: Source
}

/** Throws a Failure where no server is known, or the one that is has no token beside it. */
export function connectionOf(sources: readonly Source[]): Connection {
  const source = addressSource(sources)
  const { url, token } = source
  if (url === undefined) throw nowhere()
  if (token === undefined) throw withoutToken(source, url, sources)
  return { url, token, source }
}

/** The first source with an address. Throws a Failure where there is none. */
export function addressSource(sources: readonly Source[]): Source {
  const source = sources.find(({ url, stopped }) => url !== undefined || stopped)
  if (source === undefined) throw nowhere()
  const [flags] = sources
  if (flags?.kind === 'flags' && flags !== source && flags.token !== undefined)
    throw new Failure(
      `--token without --url: the address ${source.url ?? ''} is from ${source.name}, which gets only the token beside it`,
      { attempt: 'hatchery status --url URL --token-file FILE', exitCode: 4, code: 'token-alone' },
    )
  if (source.stopped)
    throw new Failure(`the server of ${source.name} does not run`, {
      ...{ attempt: 'hatchery up', exitCode: 5, code: 'not-running' },
    })
  if (!/^https?:\/\/./.test(source.url ?? '') || !URL.canParse(source.url ?? ''))
    throw new Failure(
      `the address must be a URL as http://127.0.0.1:4282; got "${source.url ?? ''}" from ${source.name}`,
      { attempt: 'hatchery status --url http://127.0.0.1:4282', exitCode: 2, code: 'usage' },
    )
  return source
}

const nowhere = (): Failure =>
  new Failure('no server is known: there is none in flags, environment, this folder or a profile', {
    ...{ attempt: 'hatchery up', exitCode: 4, code: 'no-server' },
  })

function withoutToken(source: Source, url: string, sources: readonly Source[]): Failure {
  const others = sources.filter(({ token }) => token !== undefined).map(({ name }) => name)
  const unused = others.length === 0 ? '' : `; the token beside ${others[0]} is not sent there`
  return new Failure(`no token for ${url}: the address is from ${source.name}${unused}`, {
    attempt:
      source.kind === 'flags' ? 'hatchery status --url URL --token-file FILE' : 'hatchery login',
    ...{ exitCode: 4, code: 'no-token' },
  })
}
