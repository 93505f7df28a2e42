/** `hatchery login` and `hatchery logout`: a server with its token, kept as a profile. */
import type { Context } from '../context.ts'
import { Failure, usageFailure } from '../failure.ts'
import { readProfiles, writeProfiles } from '../profiles.ts'
import { tokenOfFile } from '../sources.ts'

const usualUrl = 'http://127.0.0.1:4282'

/** The token is tried before it is kept. */
export async function login(context: Context): Promise<void> {
  const { flags, env, ask, out, cwd, readStdin } = context
  const profiles = readProfiles(env)
  const name = flags.profile ?? profiles.current
  const url = (flags.url ?? profiles.profiles[name]?.url ?? (await askedUrl(context))).replace(
    /\/+$/,
    '',
  )
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw usageFailure(`--url must be a URL as ${usualUrl}; got "${url}"`)
  const token =
    flags.token ??
    tokenOfFile(flags['token-file'], { cwd, readStdin }) ??
    (await ask.secret(`Token for ${url}`, {
      missing:
        'the token is missing: give --token-file FILE, or --token-file - to read it from stdin',
    }))
  const { Hatchery } = await import('@hatchery/client')
  const client = new Hatchery({ serverURL: url, hathoraDevToken: token, timeoutMs: 10_000 })
  const me = await client.hatchery.whoAmI()
  writeProfiles(env, {
    ...profiles,
    current: name,
    profiles: { ...profiles.profiles, [name]: { url, token } },
  })
  out.did(`logged in to ${url} with the token ${me.name}, kept as profile ${name}`, {
    ids: [name],
    json: { profile: name, url },
  })
}

async function askedUrl({ ask }: Context): Promise<string> {
  const missing = `--url is missing: the address of the server, as ${usualUrl}`
  return await ask.text('Address of the server', { missing, initial: usualUrl })
}

/** Forgets the token; the address stays. */
export async function logout({ flags, env, out }: Context): Promise<void> {
  const profiles = readProfiles(env)
  const name = flags.profile ?? profiles.current
  const profile = profiles.profiles[name]
  if (profile === undefined && flags.profile !== undefined)
    throw new Failure(`there is no profile ${name}`, {
      ...{ attempt: 'hatchery profile list', exitCode: 3, code: 'not-found' },
    })
  if (profile !== undefined) {
    const { token: _forgotten, ...kept } = profile
    writeProfiles(env, { ...profiles, profiles: { ...profiles.profiles, [name]: kept } })
  }
  const text = profile?.token === undefined ? 'not logged in' : `logged out of ${profile.url}`
  out.did(text, { ids: [name], json: { profile: name } })
}
