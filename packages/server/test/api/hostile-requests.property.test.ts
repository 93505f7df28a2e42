/** Whatever anyone sends: an answer that the contract allows, in our form, and no change after a refusal. */
import type { OpenApiDocument } from '@hatchery/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FirstAnswer, firstAnswer } from '../support/hostile/first-answer.ts'
import { type HostileGround, hostileGround } from '../support/hostile/hostile-ground.ts'
import {
  type HostileRequest,
  type KnownOperation,
  hostileRequests,
} from '../support/hostile/hostile-request.ts'
import { type Wire, wireOf } from '../support/hostile/request-bytes.ts'
import { storedRecords } from '../support/hostile/stored-records.ts'
import { aFolder, startHatchery } from '../support/start-hatchery.ts'

/** `TEST_SEED` sends others; a failure prints its seed. */
const seed = Number(process.env['TEST_SEED'] ?? 20_240)
const requestCount = 5_000

/** What is possible on every operation although none lists it. */
const alwaysPossible = [408, 429, 431]

test('what is compared shows a change of any record', async () => {
  const { client, data, server } = await startHatchery()
  const records = storedRecords(data, aFolder())
  records.look()
  expect(records.differences()).toEqual([])
  await client.appsV2.createApp({ appName: 'arena', authConfiguration: {} })
  await server.settled()
  expect(records.differences().join()).toContain('"appName')
  records.look()
  expect(records.differences()).toEqual([])
})

/** After StopGames nothing is started any more for as long as the server lives. */
const withoutTheEnd = (document: OpenApiDocument): OpenApiDocument => {
  const { '/hatchery/v1/stop-games': _, ...paths } = document.paths
  return { ...document, paths }
}

test(
  'no request breaks the server, its promises or its records',
  { timeout: 240_000 },
  async () => {
    const ground = await hostileGround()
    const records = storedRecords(ground.data, aFolder())
    await ground.restore()
    const document = withoutTheEnd(
      (await (await fetch(`${ground.url}/openapi.json`)).json()) as OpenApiDocument,
    )
    const { operations, any } = hostileRequests(document, idNamesIn(document))

    async function send(request: HostileRequest): Promise<void> {
      records.look()
      const wire = wireOf(request, ground.knownTo(request.token))
      const answer = await answerTo(ground, request, wire)
      expect({ wire: shown(wire), bugs: ground.bugs }).toEqual({ wire: shown(wire), bugs: [] })
      if (answer !== undefined) assertAllowed({ answer, request, operations, path: wire.path })
      if (answer !== undefined && answer.status < 400) await takeIn(ground, request, answer)
      else
        expect({ wire: shown(wire), changed: records.differences() }).toEqual({
          wire: shown(wire),
          changed: [],
        })
    }

    await fc.assert(fc.asyncProperty(any, send), {
      seed,
      numRuns: requestCount,
      endOnFailure: true,
    })
  },
)

const idNamesIn = ({ paths }: OpenApiDocument): string[] => [
  ...new Set(
    Object.keys(paths).flatMap((path) =>
      [...path.matchAll(/\{(\w+Id)\}/g)].flatMap(([, name]) => name ?? []),
    ),
  ),
]

const answerTo = (
  { url }: HostileGround,
  { body }: HostileRequest,
  wire: Wire,
): Promise<FirstAnswer | undefined> =>
  firstAnswer({
    url,
    bytes: Buffer.concat([Buffer.from(wire.head), wire.body]),
    hangUp: body.kind === 'cut',
    isEndless: (type, status) => status === 200 && !type.startsWith('application/json'),
  })

/** After a success the server may have other things, or less than it needs for the next request. */
async function takeIn(
  ground: HostileGround,
  { method }: HostileRequest,
  { headers, body }: FirstAnswer,
): Promise<void> {
  const isJson = headers.get('content-type')?.startsWith('application/json') === true
  if (isJson && body !== '') ground.learn(JSON.parse(body))
  if (!['GET', 'HEAD', 'OPTIONS'].includes(method)) await ground.restore()
}

interface Answered {
  readonly answer: FirstAnswer
  readonly request: HostileRequest
  readonly operations: readonly KnownOperation[]
  readonly path: string
}

function assertAllowed(answered: Answered): void {
  const { answer, request, path } = answered
  const { status, body, headers } = answer
  const about = `${request.method} ${path.slice(0, 300)} answered ${status} ${body.slice(0, 500)}`
  if (isNoHttp(answer) || isFullDisk(answer)) return
  expect(statusesOf(answered), about).toContain(status)
  if (status >= 400 && request.method !== 'HEAD') assertOurForm(answer, about)
  if (status === 429) expect(headers.get('retry-after'), about).toMatch(/^[1-9]\d*$/)
}

/** Refused by the parser: it is no request to any operation. */
const isNoHttp = ({ status, body }: FirstAnswer): boolean =>
  status === 400 && body === '{"message":"the request is not valid HTTP"}'

/** A build may be announced that is larger than what is free on the machine of the test. */
const isFullDisk = ({ status, body }: FirstAnswer): boolean =>
  status === 503 && body.includes('the disk of the data folder has')

/** A request whose method or path is not the operation's may be one to another operation, or to none. */
function statusesOf({ request, operations, path: sent }: Answered): number[] {
  const { operation, method, path } = request
  if (method === 'OPTIONS') return [204, 404, 431]
  const template = new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/?]+')}(\\?|$)`)
  const isOwn = method === operation.method && path.kind === 'as it is' && template.test(sent)
  const meant = isOwn
    ? [operation]
    : operations.filter((one) => one.method === method || method === 'HEAD')
  return [...meant.flatMap(({ statuses }) => statuses), 404, ...alwaysPossible].filter(
    (status) => status < 500,
  )
}

function assertOurForm({ headers, body }: FirstAnswer, about: string): void {
  expect(headers.get('content-type'), about).toBe('application/json; charset=utf-8')
  expect(headers.get('hatchery-error'), about).toMatch(/^[a-z-]+$/)
  const error = JSON.parse(body) as { message: string }
  expect(Object.keys(error), about).toEqual(['message'])
  expect(error.message, about).toMatch(/\S/)
  expect(error.message, about).not.toMatch(/\n\s+at |node_modules|file:\/\/|\.ts:\d/)
}

const shown = ({ head, body }: Wire): string =>
  `${head.slice(0, 1_000)}${Buffer.from(body.subarray(0, 500)).toString()}`
