/** Players log in: without a name, with a nickname, with Google. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import type { AuthConfiguration } from '@hatchery/client'
import { decodeJwt, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { refusalIn, refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

async function withApp(authConfiguration: AuthConfiguration, ...flags: string[]) {
  const hatchery = await startWithFakes(...flags)
  const app = await hatchery.client.appsV2.createApp({ appName: 'arena', authConfiguration })
  return { ...hatchery, ...app }
}

const everyWay: AuthConfiguration = {
  anonymous: {},
  nickname: {},
  google: { clientId: 'client-1' },
}

describe('a login', () => {
  test('without a name is a token of a new player with a name of three words', async () => {
    const { client, appId, appSecret } = await withApp(everyWay)
    const { token } = await client.authV1.loginAnonymous(appId)
    const { payload, protectedHeader } = await jwtVerify(
      token,
      new TextEncoder().encode(appSecret),
      { algorithms: ['HS256'] },
    )
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(payload).toEqual({
      type: 'anonymous',
      id: expect.stringMatching(/^[0-9a-z]{11}$/) as string,
      name: expect.stringMatching(/^[a-z]+-[a-z]+-[a-z]+$/) as string,
      iat: expect.closeTo(Date.now() / 1_000, -2) as number,
    })
    const another = await client.authV1.loginAnonymous(appId)
    expect(decodeJwt(another.token)['id']).not.toBe(payload['id'])
  })

  test('with a nickname is a token of that name, through the official client too', async () => {
    const { client, url, appId } = await withApp(everyWay)
    const nickname = 'squïddy two 🦑'
    const { token } = await client.authV1.loginNickname({ nickname }, appId)
    expect(decodeJwt(token)).toMatchObject({ type: 'nickname', name: nickname })
    const official = new HathoraCloud({ serverURL: url, appId })
    const theirs = await official.authV1.loginNickname({ nickname })
    expect(decodeJwt(theirs.token)).toMatchObject({ type: 'nickname', name: nickname })
    expect(await official.authV1.loginAnonymous()).toEqual({ token: expect.any(String) as string })
  })

  test.each(['', 'x'.repeat(101)])('refuses the nickname %j', async (nickname) => {
    const { client, appId } = await withApp(everyWay)
    expect(await refusalOf(client.authV1.loginNickname({ nickname }, appId))).toMatchObject({
      status: 422,
      message: expect.stringContaining('body.nickname must') as string,
    })
  })

  test('is 404 where the application does not allow it, and says how it would', async () => {
    const { client, appId } = await withApp({})
    const logins = [
      ['anonymous', () => client.authV1.loginAnonymous(appId)],
      ['nickname', () => client.authV1.loginNickname({ nickname: 'a' }, appId)],
      ['google', () => client.authV1.loginGoogle({ idToken: 'a' }, appId)],
    ] as const
    for (const [way, login] of logins) {
      expect(await refusalOf(login())).toMatchObject({
        status: 404,
        message: `application arena has no ${way} login: add "${way}" to its authConfiguration, as "hatchery app update" does`,
      })
    }
    await client.appsV2.patchApp({ authConfiguration: { anonymous: {} } }, appId)
    expect(await client.authV1.loginAnonymous(appId)).toHaveProperty('token')
  })

  test('is 404 for an application that is not there, or not any more', async () => {
    const { client, appId } = await withApp(everyWay)
    await client.authV1.loginAnonymous(appId)
    await client.appsV2.deleteApp(appId)
    for (const id of [appId, 'app-none'])
      expect(await refusalOf(client.authV1.loginAnonymous(id))).toMatchObject({
        status: 404,
        message: `there is no application "${id}"`,
      })
  })

  test('needs no token, may come from any website, and shows it the answer', async () => {
    const { url, appId } = await withApp(everyWay)
    const answer = await fetch(`${url}/auth/v1/${appId}/login/anonymous`, {
      method: 'POST',
      headers: { origin: 'https://game.example' },
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })

  test('counts as a request without a token, whatever is sent with it', async () => {
    const flags = ['--rate-limits-anonymous-burst=2', '--rate-limits-anonymous-per-second=1']
    const { url, token, appId } = await withApp(everyWay, ...flags)
    const login = () =>
      fetch(`${url}/auth/v1/${appId}/login/anonymous`, {
        method: 'POST',
        headers: { authorization: token },
      })
    const statuses: number[] = []
    for (let count = 0; count < 4; count += 1) statuses.push((await login()).status)
    expect(statuses).toContain(429)
  })
})

describe('a login with Google', () => {
  async function withProvider() {
    const provider = await startIdentityProvider()
    const hatchery = await withApp(everyWay, `--google-keys-url=${provider.keysUrl}`)
    const login = (idToken: string) =>
      hatchery.client.authV1.loginGoogle({ idToken }, hatchery.appId)
    return { ...hatchery, provider, login }
  }

  test('is the same player each time, and reads the keys once', async () => {
    const { provider, login } = await withProvider()
    for (const name of ['Ada', 'Ada L.']) {
      const { token } = await login(await provider.idToken({ name }))
      expect(decodeJwt(token)).toMatchObject({ type: 'google', id: '1098', name })
    }
    const nameless = await login(await provider.idToken({ name: undefined }))
    expect(decodeJwt(nameless.token)).toMatchObject({ name: '1098' })
    const shortIssuer = await login(await provider.idToken({ iss: 'accounts.google.com' }))
    expect(decodeJwt(shortIssuer.token)).toMatchObject({ id: '1098' })
    expect(provider.asked()).toBe(1)
  })

  test.each([
    ['of another client', { aud: 'client-2' }, {}],
    ['of another issuer', { iss: 'https://accounts.example' }, {}],
    ['that is over', { exp: 1_700_000_000 }, {}],
    ['without an end', { exp: undefined }, {}],
    ['without a person', { sub: undefined }, {}],
    ['of an empty person', { sub: '' }, {}],
    ['signed with another key', {}, { withOtherKey: true }],
    ['signed with a key that is not known', {}, { kid: 'key-2' }],
  ])('refuses a token %s', async (_, claims, signing) => {
    const { provider, login } = await withProvider()
    expect(await refusalOf(login(await provider.idToken(claims, signing)))).toMatchObject({
      status: 401,
      code: 'unauthenticated',
      message: expect.stringMatching(
        /^the ID token is not accepted, .+: log in to Google anew$/,
      ) as string,
    })
  })

  test('refuses what is no token, or a token that nobody signed', async () => {
    const { provider, login } = await withProvider()
    const [, claims] = (await provider.idToken()).split('.')
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`
    for (const idToken of ['', 'a', 'a.b.c', '..', unsigned])
      expect(await refusalOf(login(idToken))).toMatchObject({ status: 401 })
  })

  test('takes nothing for an application whose client id is empty', async () => {
    const { client, appId, provider, login } = await withProvider()
    const authConfiguration = { google: { clientId: '' } }
    await client.appsV2.patchApp({ authConfiguration }, appId)
    expect(await refusalOf(login(await provider.idToken()))).toMatchObject({ status: 401 })
  })

  test('is 503 while the keys cannot be read', async () => {
    const { provider, login, url, appId } = await withProvider()
    provider.fail()
    const idToken = await provider.idToken()
    expect(await refusalOf(login(idToken))).toMatchObject({
      status: 503,
      message: `the keys of Google at ${provider.keysUrl} cannot be read: try again later`,
    })
    const nowhere = await withApp(everyWay, '--google-keys-url=http://127.0.0.1:1/keys')
    const answer = await fetch(`${nowhere.url}/auth/v1/${nowhere.appId}/login/google`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ idToken }),
    })
    expect((await refusalIn(answer)).status).toBe(503)
    expect(
      await fetch(`${url}/auth/v1/${appId}/login/anonymous`, { method: 'POST' }),
    ).toHaveProperty('status', 200)
  })
})
