/** `hatchery profile …` and `hatchery config …`: what this program keeps for its user. */
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure, usageFailure } from '../failure.ts'
import { type Profiles, readProfiles, writeProfiles } from '../profiles.ts'

export async function listProfiles({ env, out }: Context): Promise<void> {
  const { current, profiles } = readProfiles(env)
  const rows = Object.entries(profiles).map(([name, { url, token }]) => ({
    ...{ name, url: url ?? null, loggedIn: token !== undefined, current: name === current },
  }))
  out.list(rows, {
    columns: [
      { name: 'profile', of: ({ name }) => name },
      { name: 'server', of: ({ url }) => url },
      { name: 'token', of: ({ loggedIn }) => (loggedIn ? 'kept' : null) },
      { name: 'used', of: (row) => (row.current ? 'yes' : null) },
    ],
    id: ({ name }) => name,
    empty: 'no profile yet; make one: hatchery login',
  })
}

export async function useProfile({ env, out }: Context, { words }: Input): Promise<void> {
  const profiles = readProfiles(env)
  const name = known(profiles, words[0])
  writeProfiles(env, { ...profiles, current: name })
  out.did(`profile ${name} is used now`, { ids: [name], json: { profile: name } })
}

export async function removeProfile({ env, out }: Context, { words }: Input): Promise<void> {
  const profiles = readProfiles(env)
  const name = known(profiles, words[0])
  const { [name]: _removed, ...others } = profiles.profiles
  writeProfiles(env, { ...profiles, profiles: others })
  out.did(`removed profile ${name}`, { ids: [name], json: { profile: name } })
}

function known({ profiles }: Profiles, name = ''): string {
  if (Object.hasOwn(profiles, name)) return name
  const names = Object.keys(profiles).join(', ') || 'none'
  throw new Failure(`there is no profile ${name}; there are: ${names}`, {
    ...{ attempt: 'hatchery profile list', exitCode: 3, code: 'not-found' },
  })
}

const keys = ['profile', 'url', 'app'] as const
type Key = (typeof keys)[number]

export async function getConfig({ env, out }: Context, { words: [key] }: Input): Promise<void> {
  const values = valuesOf(readProfiles(env))
  if (key !== undefined) {
    const value = values[asKey(key)]
    return out.value(value, { id: value ?? '', rows: [[key, value]] })
  }
  out.value(values, { id: values.profile ?? '', rows: keys.map((name) => [name, values[name]]) })
}

/** Another address forgets the token: it was for the one before. */
export async function setConfig(
  { env, out }: Context,
  { words: [key = '', value = ''] }: Input,
): Promise<void> {
  const profiles = readProfiles(env)
  writeProfiles(env, changed(profiles, asKey(key), value))
  out.did(`${key} is ${value} now`, { ids: [value], json: { [key]: value } })
}

function valuesOf({ current, profiles, apps }: Profiles): Record<Key, string | null> {
  const url = profiles[current]?.url ?? null
  return { profile: current, url, app: (url !== null && apps[url]) || null }
}

function changed(all: Profiles, key: Key, value: string): Profiles {
  const { current, profiles, apps } = all
  const before = profiles[current]
  if (key === 'profile') return { ...all, current: known(all, value) }
  if (key === 'app') {
    if (before?.url === undefined)
      throw usageFailure(`profile ${current} has no server yet`, 'hatchery login')
    return { ...all, apps: { ...apps, [before.url]: value } }
  }
  if (!/^https?:\/\/./.test(value) || !URL.canParse(value))
    throw usageFailure(`url must be a URL as http://127.0.0.1:4282; got "${value}"`)
  const url = value.replace(/\/+$/, '')
  return { ...all, profiles: { ...profiles, [current]: before?.url === url ? before : { url } } }
}

function asKey(word: string): Key {
  const key = keys.find((one) => one === word)
  if (key !== undefined) return key
  throw usageFailure(
    `a key must be one of ${keys.join(', ')}; got "${word}"`,
    'hatchery config get',
  )
}
