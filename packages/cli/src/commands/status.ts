/** `hatchery status`: which server, token and application a command would use, where each was said, and how it is. */
import type { NamedApp } from '../app-choice.ts'
import type { Context } from '../context.ts'
import type { Cell } from '../output/columns.ts'
import { addressSource, connectionOf } from '../connection.ts'

interface Health {
  readonly status?: string
  readonly version?: string
  readonly problems?: readonly string[]
}

export async function status(context: Context): Promise<void> {
  const sources = context.sources()
  const { url = '', token, name } = addressSource(sources)
  const unused = sources.filter((one) => one.token !== undefined && one.name !== name)
  const { Hatchery } = await import('@hatchery/client')
  const health = await healthOf(new Hatchery({ serverURL: url, timeoutMs: 10_000 }))
  const app = context.namedApp() ?? (token === undefined ? undefined : await onlyApp(context))
  const shown = {
    server: { url, from: name, ...health },
    token: token === undefined ? null : { ends: token.slice(-4), from: name },
    app: app ?? null,
    unusedTokens: unused.map((one) => one.name),
  }
  const rows: (readonly [string, Cell])[] = [
    ['server', `${url}   ${name}`],
    ['health', `${health.status}, version ${health.version}`],
    ...(health.problems ?? []).map((problem): [string, string] => ['problem', problem]),
    ['token', token && `…${token.slice(-4)}   ${name}`],
    ['application', app && `${app.word}   ${app.by}`],
    ...unused.map((one): [string, string] => ['not sent', `the token beside ${one.name}`]),
  ]
  context.out.value(shown, { id: url, rows })
  connectionOf(sources)
}

/** The one that is used without a name, as far as the token may see it. */
async function onlyApp({ client }: Context): Promise<NamedApp | undefined> {
  try {
    const { applications } = await (await client()).appsV2.getApps()
    const [app] = applications
    if (app === undefined || applications.length > 1) return undefined
    return { word: app.appName, by: 'there is no other' }
  } catch {
    return undefined
  }
}

/** A server that is not well answers too, with 503 and what is wrong. */
async function healthOf(client: {
  request(method: string, path: `/${string}`): Promise<Response>
}): Promise<Health> {
  try {
    return (await (await client.request('GET', '/health')).json()) as Health
  } catch (error) {
    if (error instanceof Error && 'body' in error && 'status' in error && error.status === 503)
      return JSON.parse(String(error.body)) as Health
    throw error
  }
}
