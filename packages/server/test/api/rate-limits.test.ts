/** How much one address or one token may ask for. */
import { describe, expect, test } from 'vitest'
import { createRateLimits, networkOf } from '../../src/api/rate-limits.ts'
import { readConfig } from '../../src/config.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { type Refusal, refusalIn } from '../support/refusal.ts'
import { startHatchery } from '../support/start-hatchery.ts'

const unknown = { authorization: 'Bearer a-token-that-nobody-has' }

/** A server on a clock that stands still, with these limits. */
async function limited(...limits: string[]) {
  const clock = createManualClock()
  const hatchery = await startHatchery({
    clock,
    flags: [...limits.map((limit) => `--rate-limits-${limit}`), '--trust-proxy=127.0.0.1'],
  })
  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${hatchery.url}${path}`, { headers })
  return { ...hatchery, clock, ask }
}

type Ask = Awaited<ReturnType<typeof limited>>['ask']

async function statuses(ask: Ask, times: number, ...what: Parameters<Ask>): Promise<number[]> {
  const answers = []
  for (let n = 0; n < times; n += 1) answers.push(await ask(...what))
  await Promise.all(answers.map((answer) => answer.text()))
  return answers.map(({ status }) => status)
}

const refusalTo = async (ask: Ask, ...what: Parameters<Ask>): Promise<Refusal> =>
  await refusalIn(await ask(...what))

describe('requests without a token', () => {
  test('are refused after a burst, with the limit and how long to wait, and taken again then', async () => {
    const { ask, clock } = await limited('anonymous-per-second=2', 'anonymous-burst=3')
    expect(await statuses(ask, 4, '/health')).toEqual([200, 200, 200, 429])
    expect(await refusalTo(ask, '/health')).toEqual({
      status: 429,
      code: 'rate-limited',
      message:
        '2 requests a second without a token are allowed from 127.0.0.1, and there were more: wait 1 s, then go on, or send a token',
      retryAfter: '1',
    })
    clock.pass(500)
    expect(await statuses(ask, 2, '/health')).toEqual([200, 429])
    clock.pass(60_000)
    expect(await statuses(ask, 4, '/health')).toEqual([200, 200, 200, 429])
  })

  test('count on every path, also where a token comes that nobody looks at', async () => {
    const { ask } = await limited('anonymous-burst=5', 'anonymous-per-second=1')
    expect(await statuses(ask, 1, '/nothing', unknown)).toEqual([404])
    expect(await statuses(ask, 1, '/discovery/v2/ping', unknown)).toEqual([200])
    expect(await statuses(ask, 1, '/apps/v2/apps')).toEqual([401])
    expect(await statuses(ask, 1, '/openapi.json')).toEqual([200])
    expect(await statuses(ask, 1, '/metrics')).toEqual([401])
    for (const path of ['/nothing', '/discovery/v2/ping', '/apps/v2/apps', '/health', '/metrics'])
      expect(await statuses(ask, 1, path)).toEqual([429])
  })

  test('do not count for whoever has a token, or for another address', async () => {
    const { ask, token } = await limited('anonymous-burst=1', 'anonymous-per-second=1')
    expect(await statuses(ask, 2, '/health')).toEqual([200, 429])
    expect(await statuses(ask, 3, '/apps/v2/apps', { authorization: token })).toEqual([
      200, 200, 200,
    ])
    expect(await statuses(ask, 2, '/health', { 'x-forwarded-for': '10.1.1.1' })).toEqual([200, 429])
  })

  test('of one IPv6 network count together', async () => {
    const { ask } = await limited('anonymous-burst=1', 'anonymous-per-second=1')
    const from = (address: string) => statuses(ask, 1, '/health', { 'x-forwarded-for': address })
    expect(await from('2001:db8:1:2::1')).toEqual([200])
    expect(await from('2001:db8:1:2:ffff::2')).toEqual([429])
    expect(await from('2001:db8:1:3::1')).toEqual([200])
  })

  test('that browsers may read are refused so that they can read why', async () => {
    const { ask } = await limited('anonymous-burst=1', 'anonymous-per-second=1')
    await statuses(ask, 1, '/health')
    const answer = await ask('/health', { origin: 'https://game.example' })
    expect(answer.status).toBe(429)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after')
  })
})

describe('failed logins', () => {
  test('close the door to every token of the address until they are a while ago', async () => {
    const { ask, clock, token } = await limited('failed-logins-per-minute=3')
    const good = { authorization: `Bearer ${token}` }
    expect(await statuses(ask, 4, '/apps/v2/apps', unknown)).toEqual([401, 401, 401, 429])
    expect(await refusalTo(ask, '/apps/v2/apps', good)).toEqual({
      status: 429,
      code: 'rate-limited',
      message:
        '3 failed logins a minute are allowed from 127.0.0.1, and there were more: wait 20 s, then send a token that is known here',
      retryAfter: '20',
    })
    expect(await statuses(ask, 1, '/metrics', good)).toEqual([429])
    expect(
      await statuses(ask, 1, '/apps/v2/apps', { ...good, 'x-forwarded-for': '10.1.1.1' }),
    ).toEqual([200])
    clock.pass(20_000)
    expect(await statuses(ask, 2, '/apps/v2/apps', good)).toEqual([200, 200])
    expect(await statuses(ask, 2, '/apps/v2/apps', unknown)).toEqual([401, 429])
  })
})

test('unless set: 200 a second, 1,000 at once, 20 failed logins a minute, no limit of a token', () => {
  const { rateLimits } = readConfig({ argv: [], env: {}, cwd: '/', isRoot: true })
  expect(rateLimits).toEqual({
    anonymousPerSecond: 200,
    anonymousBurst: 1_000,
    failedLoginsPerMinute: 20,
  })
})

describe('a token', () => {
  test('has no limit unless there is a setting', async () => {
    const { ask, token } = await limited('anonymous-burst=1', 'anonymous-per-second=1')
    const all = await statuses(ask, 50, '/apps/v2/apps', { authorization: token })
    expect(new Set(all)).toEqual(new Set([200]))
  })

  test('with a limit may make five seconds’ worth at once', async () => {
    const { ask, clock, token } = await limited('token-per-second=2')
    const good = { authorization: token }
    expect(new Set(await statuses(ask, 10, '/apps/v2/apps', good))).toEqual(new Set([200]))
    expect(await refusalTo(ask, '/apps/v2/apps', good)).toEqual({
      status: 429,
      code: 'rate-limited',
      message: 'a token may make 2 requests a second, and there were more: wait 1 s, then go on',
      retryAfter: '1',
    })
    clock.pass(1_000)
    expect(await statuses(ask, 3, '/apps/v2/apps', good)).toEqual([200, 200, 429])
  })
})

describe('what is remembered', () => {
  test('is bounded: who keeps coming is known among any number of others', () => {
    const limits = createRateLimits(
      { anonymousPerSecond: 1, anonymousBurst: 200, failedLoginsPerMinute: 20 },
      () => 0,
    )
    const refused = (ip: string): boolean => {
      try {
        limits.countAnonymous({ ip })
        return false
      } catch {
        return true
      }
    }
    for (let n = 0; n < 200; n += 1) {
      expect(refused('10.0.0.1')).toBe(false)
      for (let other = 0; other < 1_000; other += 1) refused(`192.0.${n}.${other}`)
    }
    expect(refused('10.0.0.1')).toBe(true)
  })

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['::1', '0:0:0:0::/64'],
    ['2001:DB8::5', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['x'.repeat(100_000), 'x'.repeat(45)],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
