/** Where a server's address, its token and the application may be said, the first that counts first. */
import { lstatSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CommonFlags } from './common-flags.ts'
import { usageFailure } from './failure.ts'
import { readProfiles } from './profiles.ts'
import type { Environment } from './settings.ts'

export interface Source {
  /** As it is shown: `--url`, `HATCHERY_URL`, `./.hatchery`, `profile default`. */
  readonly name: string
  readonly kind: 'flags' | 'environment' | 'folder' | 'profile'
  readonly url?: string | undefined
  readonly token?: string | undefined
  readonly app?: string | undefined
  /** A data folder whose server does not run: it has no address. */
  readonly stopped?: true
}

export interface SourceInputs {
  readonly flags: CommonFlags
  readonly env: Environment
  readonly cwd: string
  readonly readStdin: () => string
}

/** Throws a Failure for a file or profile that was named and is not there. */
export function sourcesOf({ flags, env, cwd, readStdin }: SourceInputs): Source[] {
  const chosen = flags.profile ?? nonEmpty(env['HATCHERY_PROFILE'])
  const config = flags.config ?? nonEmpty(env['HATCHERY_CONFIG'])
  const profile = profileSource(env, chosen)
  return [
    {
      ...{ name: '--url', kind: 'flags', url: flags.url, app: flags.app },
      token: flags.token ?? tokenOfFile(flags['token-file'], { cwd, readStdin }),
    },
    // A profile that was asked for by name counts as much as an address would.
    ...(chosen === undefined ? [] : [profile]),
    withTokenFile(variables(env, 'HATCHERY_URL', 'HATCHERY_TOKEN', 'HATCHERY_APP'), {
      ...{ file: nonEmpty(env['HATCHERY_TOKEN_FILE']), cwd, readStdin },
    }),
    variables(env, 'HATHORA_CLOUD_ENDPOINT', 'HATHORA_TOKEN', 'HATHORA_APP_ID'),
    ...(config === undefined ? dataFolder(cwd) : [configFile(cwd, config)]),
    ...(chosen === undefined ? [profile] : []),
  ]
}

function variables(env: Environment, url: string, token: string, app: string): Source {
  return {
    ...{ name: url, kind: 'environment', url: nonEmpty(env[url]) },
    ...{ token: nonEmpty(env[token]), app: nonEmpty(env[app]) },
  }
}

/** Read only where it counts: beside an address and without a token. */
function withTokenFile(
  source: Source,
  { file, ...inputs }: { file: string | undefined } & Pick<SourceInputs, 'cwd' | 'readStdin'>,
): Source {
  if (source.url === undefined || source.token !== undefined) return source
  return { ...source, token: tokenOfFile(file, inputs) }
}

const nonEmpty = (text: string | undefined): string | undefined => text?.trim() || undefined

/** The file's content without white space around it; `-` reads stdin. */
export function tokenOfFile(
  file: string | undefined,
  { cwd, readStdin }: Pick<SourceInputs, 'cwd' | 'readStdin'>,
): string | undefined {
  if (file === undefined) return undefined
  const token = (file === '-' ? readStdin() : textOf(resolve(cwd, file))).trim()
  if (token !== '') return token
  throw usageFailure(`${file === '-' ? 'stdin' : file} has no token in it`)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw usageFailure(`${path} cannot be read: ${code}`)
  }
}

/** The `.hatchery` that an `up` in this folder made. */
function dataFolder(cwd: string): Source[] {
  const folder = join(cwd, '.hatchery')
  const installation = plainFile(join(folder, 'installation.json'))
  if (installation === undefined) return []
  const url = addressIn(installation)
  const source = { name: './.hatchery', kind: 'folder' } as const
  if (url === undefined) return [{ ...source, stopped: true }]
  return [{ ...source, url, token: nonEmpty(plainFile(join(folder, 'token'))) }]
}

/**
 * A link is not followed: a folder from somebody else could name any file of this user as its token, and an address to
 * send it to.
 */
function plainFile(path: string): string | undefined {
  try {
    if (lstatSync(join(path, '..')).isSymbolicLink()) return undefined
    const stat = lstatSync(path)
    return stat.isFile() && stat.size < 65_536 ? readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}

function addressIn(installation: string): string | undefined {
  try {
    const { running } = JSON.parse(installation) as { running?: { address?: string } | null }
    return running?.address
  } catch {
    return undefined
  }
}

/** The official command line's file: its older keys, or those in sections, as `id` in `app`. */
function configFile(cwd: string, file: string): Source {
  const values = valuesOf(textOf(resolve(cwd, file)))
  const first = (...keys: string[]): string | undefined =>
    keys.map((key) => values.get(key)).find((value) => value !== undefined)
  return {
    ...{ name: file, kind: 'folder', token: first('token', 'global.token') },
    url: first('hathora-cloud-endpoint', 'url', 'global.cloud-endpoint'),
    app: first('app-id', 'app', 'app.id'),
  }
}

/** YAML of which only `key: value` lines are needed, at its left edge or one section below: `app.id`. */
function valuesOf(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  let section = ''
  for (const line of text.split('\n')) {
    const [, indent, key, value] =
      /^(\s*)([\w-]+):\s*["']?([^"'#]*?)["']?\s*(?:#.*)?$/.exec(line) ?? []
    if (key === undefined) continue
    if (indent === '') section = value ? '' : `${key}.`
    if (value) values.set(indent === '' ? key : `${section}${key}`, value)
  }
  return values
}

function profileSource(env: Environment, chosen: string | undefined): Source {
  const { current, profiles } = readProfiles(env)
  const name = chosen ?? current
  const profile = profiles[name]
  if (profile === undefined && chosen !== undefined)
    throw usageFailure(
      `there is no profile ${chosen}; there are: ${Object.keys(profiles).join(', ') || 'none'}`,
      `hatchery login --profile ${chosen}`,
    )
  return { name: `profile ${name}`, kind: 'profile', ...profile }
}
