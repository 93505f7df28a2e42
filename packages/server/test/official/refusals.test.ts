/**
 * The official client meets every error status that an operation lists and that can be provoked: as its own typed error,
 * with words that help. What was met stands in docs/api.md; `HATCHERY_WRITE_DOCS=1` writes it there.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import type { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { ApiError } from '@hathora/cloud-sdk-typescript/models/errors/index.js'
import { type Operation, operations } from '@hatchery/contract'
import { describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { startHatchery } from '../support/start-hatchery.ts'
import { type OfficialId, calls } from './calls.ts'
import type { Known } from './known.ts'
import { aFullServer, freshName, officialClient } from './setting.ts'
import { aStallingProxy } from './stalling-proxy.ts'
import { reasonOf, statusTable } from './status-table.ts'
import { notAllowed, nothingKnown, ownThing, withOther } from './strange-things.ts'

const published = Object.values<Operation>(operations).filter(({ ours }) => ours !== true)

/** By operation: the statuses that were met. */
const met = new Map<string, Set<number>>()

const listing = (status: Operation['errors'][number]): Operation[] =>
  published.filter(
    ({ id, errors }) => errors.includes(status) && reasonOf(id, status) === undefined,
  )

interface Provocation {
  readonly status: number
  readonly operation: Operation
  readonly client: HathoraCloud
  readonly known: Known
  /** What the message must say. */
  readonly says: RegExp
}

async function provoke({ status, operation, client, known, says }: Provocation): Promise<void> {
  const { id } = operation
  const call = calls[id as OfficialId] // of a published operation: the official client has them all
  const error = await call(client, { ...known, fresh: known.fresh || freshName() }).then(
    () => new Error('it was answered'),
    (thrown: unknown) => thrown as Error,
  )
  const seen = error instanceof ApiError ? error.statusCode : String(error)
  expect({ id, seen }).toEqual({ id, seen: status })
  expect(error.message, id).toMatch(says)
  met.set(id, (met.get(id) ?? new Set()).add(status))
}

// The last one sums up the others.
describe('every error status that an operation lists', { shuffle: false }, () => {
  test('400 for what cannot be now', async () => {
    const { hatchery, official: client, known } = await aFullServer()
    const { buildId } = await hatchery.client.buildsV3.createBuild({ buildSizeInBytes: 9 })
    const unfit: Partial<Record<string, Known>> = {
      GetLogsForProcess: { ...known, processId: 'x'.repeat(2_001) },
    }
    for (const operation of listing(400)) {
      const strange = unfit[operation.id] ?? { ...known, buildId }
      await provoke({
        ...{ status: 400, operation, client, known: strange },
        says: /not complete|registry|container|can be downloaded once|at most|create another build/,
      })
    }
  })

  test('401 without a good token', async () => {
    const { hatchery, known } = await aFullServer()
    const client = officialClient(hatchery.url, 'nonsense')
    const strange = { ...known, playerToken: 'nonsense', idToken: 'nonsense' }
    for (const operation of listing(401))
      await provoke({ ...{ status: 401, operation, client, known: strange }, says: /token/ })
  })

  test('402 beyond a limit', async () => {
    const { hatchery, official: client, known } = await aFullServer()
    const { appId, orgId, processId } = known
    const { roomId } = await hatchery.client.roomsV2.createRoom({ region: 'Seattle' }, appId)
    await hatchery.client.roomsV2.suspendRoomV2Deprecated(roomId, appId)
    await hatchery.client.hatchery.changeOrg(orgId, { concurrentProcessVcpusLimit: 0 })
    await hatchery.client.processesV3.stopProcess(processId, appId)
    for (const operation of listing(402))
      await provoke({
        ...{ status: 402, operation, client, known: { ...known, roomId } },
        says: /vCPU at once/,
      })
  })

  test('404 for what is not there', async () => {
    const { official: client, known } = await aFullServer()
    for (const operation of listing(404)) {
      const strange = withOther(known, ownThing(operation), { id: 'nosuch', number: 4_711 })
      const says = /nosuch|4711/
      await provoke({ ...{ status: 404, operation, client, known: strange }, says })
    }
  })

  test('408 when the request does not arrive', { timeout: 120_000 }, async () => {
    const { hatchery, known } = await aFullServer('--requests-arrive-within-seconds=3')
    const client = officialClient(await aStallingProxy(hatchery.url), hatchery.token)
    const says = /did not arrive in time/
    await Promise.all(
      listing(408).map((operation) => provoke({ status: 408, operation, client, known, says })),
    )
  })

  test('410 for logs that are not kept any more', async () => {
    const { hatchery, official: client, known } = await aFullServer()
    const { appId, processId } = known
    await hatchery.client.processesV3.stopProcess(processId, appId)
    await eventually('it has ended', async () => {
      const { status } = await hatchery.client.processesV3.getProcess(processId, appId)
      return status === 'stopped'
    })
    for (const operation of listing(410))
      await provoke({ ...{ status: 410, operation, client, known }, says: /log/ })
  })

  test('422 for what is not allowed', async () => {
    const { official: client, known } = await aFullServer()
    for (const operation of listing(422)) {
      const strange = notAllowed(operation, known)
      await provoke({ ...{ status: 422, operation, client, known: strange }, says: /must|may|not/ })
    }
  })

  test('429 after too many requests', async () => {
    const { url, token } = await startHatchery({
      flags: [
        '--rate-limits-token-per-second=1',
        '--rate-limits-anonymous-per-second=1',
        '--rate-limits-anonymous-burst=1',
      ],
      clock: createManualClock(),
    })
    const client = officialClient(url, token)
    await untilTooMany(() => client.appsV2.getApps())
    await untilTooMany(() => client.lobbiesV3.listActivePublicLobbies('app-1'))
    const known = nothingKnown
    for (const operation of listing(429))
      await provoke({ ...{ status: 429, operation, client, known }, says: /wait \d+ s, then/ })
  })

  test('is met, or has a reason why it never is, as the table says', () => {
    const page = new URL('../../../../docs/api.md', import.meta.url)
    const text = readFileSync(page, 'utf8')
    const [begin, end] = ['<!-- made by a test: statuses -->', '<!-- end -->']
    const from = text.indexOf(begin) + begin.length
    const [before, after] = [text.slice(0, from), text.slice(text.indexOf(end, from))]
    const made = `${before}\n\n${statusTable(published, met)}\n\n${after}`
    if (process.env['HATCHERY_WRITE_DOCS'] === '1') writeFileSync(page, made)
    expect(readFileSync(page, 'utf8')).toBe(made)
    expect(made).not.toContain('untested')
  })
})

async function untilTooMany(ask: () => Promise<unknown>): Promise<void> {
  for (let left = 20; left > 0; left -= 1) {
    const error = await ask().catch((thrown: unknown) => thrown)
    if (error instanceof ApiError && error.statusCode === 429) return
  }
  throw new Error('twenty requests were not too many')
}
