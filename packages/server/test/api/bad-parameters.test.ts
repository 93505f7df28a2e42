/** Parameters in path, query and headers that no operation takes: refused in words, and nothing changes. */
import { type Operation, operations, statusOf } from '@hatchery/contract'
import { describe, expect, test } from 'vitest'
import { everything } from '../support/everything.ts'
import { oneOfEverything } from '../support/one-of-everything.ts'
import { pathOf } from '../support/path-of.ts'
import { refusalIn } from '../support/refusal.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

const all: readonly Operation[] = Object.values(operations)
const guarded = all.filter(({ access }) => typeof access !== 'string')

interface Place extends FakeHatchery {
  readonly values: Readonly<Record<string, string>>
}

/** A server with one of everything, and the ids of it. */
async function aPlace(): Promise<Place> {
  const hatchery = await startWithFakes()
  const values = await oneOfEverything(hatchery)
  await hatchery.server.settled()
  return { ...hatchery, values }
}

/** A body that the operation would take, so that only the parameter is wrong. */
const bodyOf = ({ body }: Operation): RequestInit =>
  body !== undefined && 'json' in body
    ? { body: '{}', headers: { 'content-type': 'application/json' } }
    : {}

function send(
  place: Place,
  operation: Operation,
  { values = {}, query = '' }: { values?: Record<string, string>; query?: string },
): Promise<Response> {
  const path = pathOf(operation, place.values, values)
  const { headers, ...body } = bodyOf(operation)
  return fetch(`${place.url}${path}?${query}`, {
    method: operation.method.toUpperCase(),
    headers: { authorization: place.token, ...(headers as Record<string, string>) },
    ...body,
  })
}

describe('every parameter in a path', () => {
  test('of 10,000 characters is refused with how long it may be', async () => {
    const place = await aPlace()
    const before = await everything(place.client, place.values['appId'] ?? '')
    for (const operation of guarded) {
      for (const name of Object.keys(operation.params)) {
        const answer = await send(place, operation, { values: { [name]: 'y'.repeat(10_000) } })
        const status = statusOf('invalid', operation.errors)
        expect({ id: operation.id, name, ...(await refusalIn(answer)) }).toMatchObject({
          id: operation.id,
          name,
          status,
          message: `${name} must have at most 2000 characters; got 10000`,
        })
      }
    }
    expect(await everything(place.client, place.values['appId'] ?? '')).toEqual(before)
  })

  test('that is odd is not found, or no region, and shown as it is', async () => {
    const place = await aPlace()
    const odd = ["' or 1=1 --", '../../token', 'a\0b', '__proto__', '💣'.repeat(20), '%2e%2e', '\n']
    for (const operation of guarded.filter(({ method }) => method === 'get')) {
      for (const name of Object.keys(operation.params)) {
        for (const value of odd) {
          const refusal = await refusalIn(
            await send(place, operation, { values: { [name]: value } }),
          )
          const status = name === 'region' ? statusOf('invalid', operation.errors) : 404
          expect({ id: operation.id, name, value, ...refusal }).toMatchObject({ status })
          expect(refusal.message).toContain(JSON.stringify(value).slice(0, 40))
        }
      }
    }
  })

  test('that is empty makes a path that is not there', async () => {
    const place = await aPlace()
    for (const path of [
      '/apps/v2/apps//',
      '/processes/v3/apps//processes/latest',
      `/builds/v3/builds//run`,
    ]) {
      const answer = await fetch(`${place.url}${path}`, { headers: { authorization: place.token } })
      expect({ path, status: answer.status }).toEqual({ path, status: 404 })
    }
  })
})

/** A wrong value for each kind of query parameter, and what the refusal says. */
const wrong: Record<string, [string, string][]> = {
  number: [
    ['', 'must be a number; got ""'],
    ['abc', 'must be a number; got "abc"'],
    ['NaN', 'must be a number; got "NaN"'],
    ['-Infinity', 'must be a number; got "-Infinity"'],
    ['0x1F', 'must be a number; got "0x1F"'],
    ['1e400', 'must be a number; got "1e400"'],
    ['1_000', 'must be a number; got "1_000"'],
    ['1,5', 'must be a number; got "1,5"'],
    ['%09' + '1', 'must be a number'],
    ['٣', 'must be a number; got "٣"'],
    ['e5', 'must be a number; got "e5"'],
    ['.', 'must be a number; got "."'],
  ],
  integer: [
    ['', 'must be a whole number; got ""'],
    ['1.5', 'must be a whole number; got "1.5"'],
    ['9007199254740993', 'must be a whole number; got "9007199254740993"'],
    ['1e400', 'must be a whole number'],
    ['true', 'must be a whole number; got "true"'],
  ],
  boolean: [
    ['', 'must be true or false; got ""'],
    ['1', 'must be true or false; got "1"'],
    ['TRUE', 'must be true or false; got "TRUE"'],
    ['yes', 'must be true or false; got "yes"'],
    ['null', 'must be true or false; got "null"'],
  ],
}

describe('every parameter in a query', () => {
  test('that is not of its kind is refused with the kind and the value', async () => {
    const place = await aPlace()
    const before = await everything(place.client, place.values['appId'] ?? '')
    let asked = 0
    for (const operation of guarded) {
      for (const [name, schema] of Object.entries(operation.query)) {
        for (const [value, text] of wrong[typeOf(schema)] ?? []) {
          asked += 1
          const answer = await send(place, operation, { query: `${name}=${value}` })
          const refusal = await refusalIn(answer)
          expect({ id: operation.id, name, value, ...refusal }).toMatchObject({
            status: statusOf('invalid', operation.errors),
          })
          expect(refusal.message).toContain(`${name} ${text}`)
        }
      }
    }
    expect(asked).toBeGreaterThan(50)
    expect(await everything(place.client, place.values['appId'] ?? '')).toEqual(before)
  })

  test('that comes twice where it may once is refused', async () => {
    const place = await aPlace()
    for (const operation of guarded) {
      for (const [name, schema] of Object.entries(operation.query)) {
        if (typeOf(schema) === 'array') continue
        const answer = await send(place, operation, { query: `${name}=1&${name}=1` })
        expect({ id: operation.id, name, ...(await refusalIn(answer)) }).toMatchObject({
          id: operation.id,
          name,
          status: statusOf('invalid', operation.errors),
          message: `${name} was given 2 times, it is allowed once`,
        })
      }
    }
  })

  test('of 10,000 characters is refused', async () => {
    const place = await aPlace()
    for (const operation of guarded) {
      for (const name of Object.keys(operation.query)) {
        const answer = await send(place, operation, { query: `${name}=${'1'.repeat(10_000)}` })
        expect({ id: operation.id, name, ...(await refusalIn(answer)) }).toMatchObject({
          id: operation.id,
          name,
          status: statusOf('invalid', operation.errors),
          message: `${name} must have at most 2000 characters; got 10000`,
        })
      }
    }
  })

  test('that nobody knows is ignored, __proto__ and constructor too', async () => {
    const place = await aPlace()
    const query =
      '__proto__=1&__proto__[x]=1&constructor=1&toString=2&before[]=x&=&&a=%zz&statusx=1'
    for (const operation of guarded.filter(
      ({ method, answer }) => method === 'get' && 'json' in answer,
    )) {
      const answer = await send(place, operation, { query })
      expect({ id: operation.id, status: answer.status }).toEqual({ id: operation.id, status: 200 })
      await answer.arrayBuffer()
    }
  })

  test('of a thousand values is answered', async () => {
    const place = await aPlace()
    const query = Array(1000).fill('status=running').join('&')
    const answer = await send(place, operations.GetLatestProcesses, { query })
    expect([200, 422, 431]).toContain(answer.status)
    await answer.arrayBuffer()
  })
})

const typeOf = (schema: object): string => ('type' in schema ? String(schema.type) : 'unknown')
