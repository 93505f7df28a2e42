/** Who is admitted by the load balancer, and what processes and callers see of each other. */
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { withOrganizations } from '../support/organizations.ts'
import { stopped } from '../real/playground.ts'
import { type Balanced, ask, balancedGame, stateOnce, whoAnswers } from './balanced-game.ts'

/** On one connection after the other, unless it has an agent. */
const get = (url: string, options: RequestOptions = {}): Promise<Got> =>
  new Promise((resolve, reject) => {
    const sent = request(url, options, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => (text += part))
      answer.on('end', () => resolve({ answer, text }))
    })
    sent.on('error', reject)
    sent.end()
  })

interface Got {
  readonly answer: IncomingMessage
  readonly text: string
}

/** The headers that the process saw, by name in lower case; several of a name joined. */
function seenIn(text: string): Record<string, string> {
  const [, , raw] = JSON.parse(text) as [string, string, string[]]
  const seen: Record<string, string> = {}
  for (let at = 0; at < raw.length; at += 2) {
    const [name = '', value = ''] = raw.slice(at, at + 2)
    const before = seen[name.toLowerCase()]
    seen[name.toLowerCase()] = before === undefined ? value : `${before} | ${value}`
  }
  return seen
}

const authorized = ({ hatchery }: Balanced): Record<string, string> => ({
  authorization: `Bearer ${hatchery.token}`,
})

describe('a request is admitted', () => {
  test('with a token of the scope load-balancer:access or an admin token, raw or behind Bearer', async () => {
    const game = await balancedGame(1)
    const { client, token } = game.hatchery
    const { orgId } = await client.hatchery.whoAmI()
    const made = (name: string, scopes: ('load-balancer:access' | 'processes:read')[]) =>
      client.tokensV1.createOrgToken(orgId, { name, scopes })
    const good = await made('good', ['load-balancer:access'])
    const other = await made('other', ['processes:read'])
    const statusOf = async (
      authorization: string | undefined,
    ): Promise<[number, string | null]> => {
      const headers = authorization === undefined ? {} : { authorization }
      const { answer, text } = await get(`${game.url}/who`, { headers })
      const message = answer.statusCode === 200 ? null : (JSON.parse(text) as { message: string })
      return [answer.statusCode ?? 0, message?.message ?? null]
    }
    expect(await statusOf(`Bearer ${good.plainTextToken}`)).toEqual([200, null])
    expect(await statusOf(good.plainTextToken)).toEqual([200, null])
    expect(await statusOf(token)).toEqual([200, null])
    expect(await statusOf(undefined)).toEqual([
      401,
      'no token was sent: send the header "Authorization: Bearer <token>"',
    ])
    expect(await statusOf('Bearer nonsense')).toEqual([401, 'the token is not known here'])
    expect(await statusOf(`Bearer ${other.plainTextToken}`)).toEqual([
      401,
      'the token "other" lacks the scope load-balancer:access',
    ])
  })

  test('no more once its token is revoked, on an open connection too', async () => {
    const game = await balancedGame(1)
    const { client } = game.hatchery
    const { orgId } = await client.hatchery.whoAmI()
    const made = await client.tokensV1.createOrgToken(orgId, {
      name: 'balanced',
      scopes: ['load-balancer:access'],
    })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    const options = { agent, headers: { authorization: made.plainTextToken } }
    expect((await get(`${game.url}/who`, options)).answer.statusCode).toBe(200)
    await client.tokensV1.revokeOrgToken(orgId, made.orgToken.orgTokenId)
    const { answer, text } = await get(`${game.url}/who`, options)
    expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer'])
    expect(JSON.parse(text)).toEqual({ message: 'the token "balanced" was revoked' })
  })

  test('not with the token of another organization', async () => {
    const game = await balancedGame(0)
    const { hatchery, secrets } = await withOrganizations(game.hatchery, [{}])
    const next = { ...game, hatchery }
    const { urls } = await stateOnce(next, (state) => state.urls.length > 0)
    expect(urls).toEqual([game.url])
    const options = { headers: { authorization: `Bearer ${secrets[0]}` } }
    const { answer, text } = await get(`${game.url}/who`, options)
    expect(answer.statusCode).toBe(401)
    expect(JSON.parse(text)).toEqual({ message: 'the token is not known here' })
  })

  test('never at the address of the API', async () => {
    const game = await balancedGame(1)
    const host = new URL(game.url).host
    const options = { headers: { ...authorized(game), host } }
    const { answer } = await get(`${game.hatchery.url}/who`, options)
    expect(answer.statusCode).toBe(404)
  })
})

describe('the process sees', () => {
  test('neither token nor cookies, nor what is about a connection, and who it is for', async () => {
    const game = await balancedGame(1)
    const { text } = await get(`${game.url}/headers?a=1&b=%20`, {
      headers: {
        ...authorized(game),
        ...{ cookie: 'console=secret', cookie_2: 'x', 'x-real-ip': '6.6.6.6', te: 'trailers' },
        ...{ forwarded: 'for=6.6.6.6', 'x-forwarded-for': '6.6.6.6', x_forwarded_for: '6.6.6.6' },
        ...{ 'x-forwarded-proto': 'https', 'x-forwarded-anything': 'x', 'x-hop': '1' },
        ...{ connection: 'x-hop, keep-alive', 'proxy-authorization': 'x', 'x-game': 'chess' },
      },
    })
    const { host } = new URL(game.url)
    expect(JSON.parse(text)).toEqual(['GET', '/headers?a=1&b=%20', expect.anything()])
    expect(seenIn(text)).toEqual({
      ...{ host, connection: 'keep-alive', cookie_2: 'x', 'x-game': 'chess' },
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': host,
    })
  })

  test('what a trusted proxy says of its caller, with the proxy behind it', async () => {
    const game = await balancedGame(1, '--trust-proxy=127.0.0.0/8')
    const { text } = await get(`${game.url}/headers`, {
      headers: {
        ...authorized(game),
        ...{ 'x-forwarded-for': '10.1.2.3', 'x-forwarded-proto': 'https' },
        'x-forwarded-host': 'games.example.com',
      },
    })
    expect(seenIn(text)).toMatchObject({
      'x-forwarded-for': '10.1.2.3, 127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'games.example.com',
    })
  })

  test('each method with or without a body, of a length or in chunks', async () => {
    const game = await balancedGame(1)
    const framingOf = async (method: string, body?: string | ReadableStream): Promise<object> => {
      const init = { method, ...(body !== undefined && { body, duplex: 'half' as const }) }
      const seen = seenIn(await (await ask(game, '/headers', init)).text())
      return { length: seen['content-length'], coding: seen['transfer-encoding'] }
    }
    const chunks = () => new Blob(['abc']).stream()
    expect(await framingOf('GET')).toEqual({})
    expect(await framingOf('DELETE')).toEqual({})
    expect(await framingOf('POST')).toEqual({ length: '0' })
    expect(await framingOf('POST', 'abc')).toEqual({ length: '3' })
    expect(await framingOf('PUT', chunks())).toEqual({ coding: 'chunked' })
  })
})

test('the caller sees what the process answers, without what would hold for other programs of the host', async () => {
  const game = await balancedGame(1)
  const { answer, text } = await get(`${game.url}/cookies`, { headers: authorized(game) })
  expect(text).toBe(await whoAnswers(game))
  expect(answer.headers).toMatchObject({ 'x-game': '1' })
  const gone = ['set-cookie', 'clear-site-data', 'hatchery-error', 'x-hop']
  for (const name of gone) expect(answer.headers).not.toHaveProperty(name)
  const told = await ask(game, '/status?code=418')
  expect([told.status, await told.text()]).toEqual([418, 'as told'])
  expect((await ask(game, '/empty')).status).toBe(204)
  const head = await ask(game, '/who', { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('a process that ended is passed over, also by a request that comes on a kept connection', async () => {
  const game = await balancedGame(2)
  const first = await whoAnswers(game)
  await whoAnswers(game)
  await stopped(game, first)
  for (let asked = 0; asked < 4; asked += 1) expect((await ask(game, '/who')).status).toBe(200)
})
