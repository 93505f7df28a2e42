/** Bodies that no operation takes: refused in words that name field, value and what is allowed, and nothing changes. */
import { type Operation, operations, statusOf } from '@hatchery/contract'
import { describe, expect, test } from 'vitest'
import { everything } from '../support/everything.ts'
import { refusalIn } from '../support/refusal.ts'
import { aPlace, characters, sendBody } from '../support/send-body.ts'

const withBody = (Object.values(operations) as readonly Operation[]).filter(
  ({ body }) => body !== undefined && 'json' in body,
)

const twoMegabytes = `{"appName":"${'a'.repeat(2_000_000)}"}`
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`

/** What is wrong with the body, whatever the operation; and what the refusal says. */
const cases: [string, () => BodyInit, string | null, string][] = [
  ['that is empty', () => '', 'application/json', 'the body must be a JSON object; it is empty'],
  [
    'without a content type',
    () => Buffer.from('{}'),
    null,
    'the content type must be application/json; got nothing',
  ],
  [
    'of text',
    () => '{}',
    'text/plain',
    'the content type must be application/json; got "text/plain"',
  ],
  [
    'of a form',
    () => 'a=b',
    'application/x-www-form-urlencoded',
    'must be application/json; got "application/x-www-form-urlencoded"',
  ],
  [
    'of a form in parts',
    () => '--x--',
    'multipart/form-data; boundary=x',
    'the content type must be application/json',
  ],
  [
    'of another JSON',
    () => '{}',
    'application/problem+json',
    'the content type must be application/json',
  ],
  ['that is cut off', () => '{"appName":"are', 'application/json', 'the body is not JSON: '],
  ['of words', () => 'hello', 'application/json', 'the body is not JSON: '],
  ['with NaN', () => '{"buildSizeInBytes":NaN}', 'application/json', 'the body is not JSON: '],
  [
    'with a hexadecimal number',
    () => '{"buildSizeInBytes":0x10}',
    'application/json',
    'the body is not JSON: ',
  ],
  ['with a comment', () => '{/* */}', 'application/json', 'the body is not JSON: '],
  [
    'that is no UTF-8',
    () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    'application/json',
    'the body is not JSON: ',
  ],
  ['in UTF-16', () => Buffer.from('{}', 'utf16le'), 'application/json', 'the body is not JSON: '],
  ['that is a list', () => '[]', 'application/json', 'body must be object; got []'],
  ['that is null', () => 'null', 'application/json', 'body must be object; got null'],
  ['that is a string', () => '"{}"', 'application/json', 'body must be object; got "{}"'],
  ['that is a number', () => '1e999', 'application/json', 'body must be object'],
  ['that is 100,000 lists deep', () => deep(100_000), 'application/json', 'body must be object'],
  [
    'of 2 MB',
    () => twoMegabytes,
    'application/json',
    'the body must have at most 1000000 bytes; got 2000014 or more',
  ],
  [
    'of 2 MB in chunks',
    () => new Blob([twoMegabytes]).stream(),
    'application/json',
    'the body must have at most 1000000 bytes; got ',
  ],
]

test.for(cases)('a body %s is refused by every operation', async ([, body, type, text]) => {
  const place = await aPlace()
  const before = await everything(place.client, place.appId)
  for (const operation of withBody) {
    const refusal = await refusalIn(await sendBody(place, operation, { body: body(), type }))
    const status = statusOf('invalid', operation.errors)
    expect({ id: operation.id, ...refusal }).toMatchObject({ status, code: 'invalid' })
    expect({ id: operation.id, message: refusal.message }).toEqual({
      id: operation.id,
      message: expect.stringContaining(text),
    })
    expect(refusal.message.length).toBeLessThan(400)
  }
  expect(await everything(place.client, place.appId)).toEqual(before)
})

describe('a strange body', () => {
  test('with __proto__, constructor and toString changes nothing but what it names', async () => {
    const place = await aPlace()
    const body =
      '{"__proto__":{"appName":"x","admin":true},"constructor":{"prototype":{"admin":true}},"toString":1,"appName":"b","authConfiguration":{"__proto__":{"google":{"clientId":"x"}}}}'
    const answer = await sendBody(place, operations.CreateApp, { body })
    expect(answer.status).toBe(201)
    const made = (await answer.json()) as Record<string, unknown>
    expect(made).toMatchObject({ appName: 'b' })
    expect(made['authConfiguration']).toEqual({})
    expect(Object.keys(made)).not.toContain('toString')
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })

  test('with a number that is too large for one is refused, never kept as null', async () => {
    const place = await aPlace()
    const body = JSON.stringify({ buildSizeInBytes: 0 }).replace('0', '1e999')
    const refusal = await refusalIn(await sendBody(place, operations.CreateBuild, { body }))
    expect(refusal).toMatchObject({ status: 422 })
    expect(refusal.message).toContain('body.buildSizeInBytes')
  })

  test('with a field that nobody knows and that has no end is fine, and is not kept', async () => {
    const place = await aPlace()
    const body = `{"appName":"b","authConfiguration":{"anonymous":{"a":${deep(100_000)}},"b":${deep(100_000)}},"c":${deep(100_000)}}`
    const answer = await sendBody(place, operations.CreateApp, { body })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ authConfiguration: { anonymous: {} } })
    const { applications } = await place.client.appsV2.getApps()
    expect(applications[0]?.authConfiguration).toEqual({ anonymous: {} })
  })

  test('with a known field that is nested without end is refused', async () => {
    const place = await aPlace()
    for (const body of [
      `{"appName":${deep(100_000)},"authConfiguration":{}}`,
      `{"appName":"b","authConfiguration":${deep(100_000)}}`,
    ]) {
      const refusal = await refusalIn(await sendBody(place, operations.CreateApp, { body }))
      expect(refusal.status).toBe(422)
      expect(refusal.message.length).toBeLessThan(300)
    }
  })

  test('of almost 1 MB is read', async () => {
    const place = await aPlace()
    const body = JSON.stringify({ appName: 'b', authConfiguration: {}, junk: characters(999_900) })
    expect((await sendBody(place, operations.CreateApp, { body })).status).toBe(201)
  })

  test('has its strings kept as they are, letter by letter', async () => {
    const place = await aPlace()
    for (const buildTag of ['é', 'e\u0301', '\ud83d\ude00', '\ufeff', ' ', 'a\r\nb']) {
      const body = JSON.stringify({ buildSizeInBytes: 1, buildTag })
      const answer = await sendBody(place, operations.CreateBuild, { body })
      expect(await answer.json()).toMatchObject({ buildTag })
    }
  })
})
