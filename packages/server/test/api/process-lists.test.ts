/** Lists and counts of processes: order, pages, filters. */
import type { ProcessV3 } from '@hatchery/client'
import { describe, expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { refusalIn, refusalOf } from '../support/refusal.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

const latestPath = (appId: string): `/${string}` => `/processes/v3/apps/${appId}/processes/latest`

async function create(
  { client }: FakeHatchery,
  appId: string,
  regions: readonly string[],
): Promise<ProcessV3[]> {
  const created: ProcessV3[] = []
  for (const region of regions) created.push(await client.processesV3.createProcess(region, appId))
  return created
}

const idsOf = (processes: readonly { processId: string }[]): string[] =>
  processes.map(({ processId }) => processId)

const newestFirst = (processes: readonly ProcessV3[]): string[] => idsOf(processes).toReversed()

/** Resolves when nothing of the application is on its way to another status. */
const settled = ({ client }: FakeHatchery, appId: string): Promise<true> =>
  eventually('all have settled', async () => {
    const { count } = await client.processesV3.getProcessesCountExperimental(appId, [
      'starting',
      'stopping',
    ])
    return count === 0
  })

describe('the latest processes', () => {
  test('are none at first', async () => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client)
    const answer = await hatchery.client.request('GET', latestPath(appId))
    expect(await answer.json()).toEqual([])
    expect(answer.headers.has('hatchery-next')).toBe(false)
    expect(await hatchery.client.processesV3.getProcessesCountExperimental(appId)).toEqual({
      count: 0,
    })
  })

  test('are the ten newest of this application, newest first', async () => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client)
    const other = await deployedApp(hatchery.client, { appName: 'other' })
    const created = await create(hatchery, appId, Array(12).fill('Chicago'))
    await create(hatchery, other.appId, ['Chicago'])
    const latest = await hatchery.client.processesV3.getLatestProcesses(appId)
    expect(idsOf(latest)).toEqual(newestFirst(created).slice(0, 10))
  })

  test('come page by page with the cursor, losing and repeating none while new ones are made', async () => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client)
    const created = await create(hatchery, appId, Array(25).fill('Chicago'))
    const pages: string[][] = []
    let cursor: string | null = null
    do {
      const headers: HeadersInit = cursor === null ? {} : { 'Hatchery-Cursor': cursor }
      const answer = await hatchery.client.request('GET', latestPath(appId), { headers })
      pages.push(idsOf((await answer.json()) as ProcessV3[]))
      cursor = answer.headers.get('Hatchery-Next')
      await create(hatchery, appId, ['Chicago'])
    } while (cursor !== null)
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5])
    expect(pages.flat()).toEqual(newestFirst(created))
  })

  test('with a cursor of the caller’s own making are refused', async () => {
    const { client } = await startWithFakes()
    const { appId } = await deployedApp(client)
    for (const cursor of ['x', '-1', '1.5', '1e3', '9'.repeat(16), 'null']) {
      const call = client.request('GET', latestPath(appId), {
        headers: { 'Hatchery-Cursor': cursor },
      })
      expect(await refusalOf(call)).toMatchObject({
        status: 422,
        message: 'the header hatchery-cursor must be what an answer gave as hatchery-next',
      })
    }
  })
})

describe('filters', () => {
  test('by status and region choose the same for list and count', async () => {
    const hatchery = await startWithFakes()
    const { client, driver } = hatchery
    const { appId } = await deployedApp(client)
    const created = await create(hatchery, appId, [
      'Chicago',
      'Tokyo',
      'Chicago',
      'Tokyo',
      'London',
      'Chicago',
    ])
    await settled(hatchery, appId)
    const [first, second, third] = created
    await client.processesV3.stopProcess(first?.processId ?? '', appId)
    driver.exit(second?.processId ?? '', { kind: 'code', code: 1 })
    driver.exit(third?.processId ?? '', { kind: 'code', code: 2 })
    await settled(hatchery, appId)
    await eventually('two failed', async () => {
      const found = await client.processesV3.getProcessesCountExperimental(appId, ['failed'])
      return found.count === 2
    })

    const chosen: [string[] | undefined, string[] | undefined, number[]][] = [
      [undefined, undefined, [5, 4, 3, 2, 1, 0]],
      [['running'], undefined, [5, 4, 3]],
      [['stopped', 'failed'], undefined, [2, 1, 0]],
      [['failed', 'failed'], undefined, [2, 1]],
      [undefined, ['Chicago'], [5, 2, 0]],
      [undefined, ['Tokyo', 'London'], [4, 3, 1]],
      [
        ['running', 'failed'],
        ['Chicago', 'Tokyo'],
        [5, 3, 2, 1],
      ],
      [['draining'], undefined, []],
      [['running'], ['Sydney'], []],
      [[], [], [5, 4, 3, 2, 1, 0]],
    ]
    for (const [status, region, expected] of chosen) {
      const latest = await client.processesV3.getLatestProcesses(appId, status, region)
      const counted = await client.processesV3.getProcessesCountExperimental(appId, status, region)
      expect({ status, region, ids: idsOf(latest), counted }).toEqual({
        status,
        region,
        ids: expected.map((index) => created[index]?.processId),
        counted: { count: expected.length },
      })
    }
  })

  test('stay with the cursor over the pages', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const { appId } = await deployedApp(client)
    const regions = Array.from({ length: 30 }, (_, index) => (index % 2 ? 'Tokyo' : 'Chicago'))
    const created = await create(hatchery, appId, regions)
    const query = { region: ['Tokyo'], status: ['starting', 'running'] }
    const first = await client.request('GET', latestPath(appId), { query })
    const firstIds = idsOf((await first.json()) as ProcessV3[])
    const next = await client.request('GET', latestPath(appId), {
      query,
      headers: { 'Hatchery-Cursor': first.headers.get('Hatchery-Next') ?? '' },
    })
    const nextIds = idsOf((await next.json()) as ProcessV3[])
    const tokyo = created.filter(({ region }) => region === 'Tokyo')
    expect([...firstIds, ...nextIds]).toEqual(newestFirst(tokyo))
    expect(next.headers.has('Hatchery-Next')).toBe(false)
  })

  test('by time keep what was created strictly earlier, in seconds, milliseconds and with exponents', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const { appId } = await deployedApp(client)
    const created: ProcessV3[] = []
    for (let made = 0; made < 6; made += 1) {
      created.push(...(await create(hatchery, appId, ['Chicago'])))
      await eventually(
        'the clock moves on',
        () => Date.now() > (created.at(-1)?.createdAt.getTime() ?? 0),
      )
    }
    for (const [index, { createdAt }] of created.entries()) {
      const ms = createdAt.getTime()
      const expected = newestFirst(created.slice(0, index))
      const written = [
        String(ms),
        (ms / 1000).toFixed(3),
        (ms / 1000).toExponential().replace('+', '%2B'),
        ms.toExponential().replace('+', '%2B'),
      ]
      for (const before of written) {
        const list = await client.request('GET', `${latestPath(appId)}?before=${before}`)
        const path = `/processes/v3/apps/${appId}/processes/count?before=${before}` as const
        const count = await client.request('GET', path)
        expect({ before, ids: idsOf((await list.json()) as ProcessV3[]) }).toEqual({
          before,
          ids: expected,
        })
        expect(await count.json()).toEqual({ count: expected.length })
      }
    }
  })

  test('by a time far away keep all or nothing', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const { appId } = await deployedApp(client)
    const created = await create(hatchery, appId, ['Chicago', 'Tokyo'])
    const far: [string, string[]][] = [
      ['1e308', newestFirst(created)],
      ['9007199254740993', newestFirst(created)],
      ['0', []],
      ['-1e308', []],
      ['1e-300', []],
    ]
    for (const [before, ids] of far) {
      const list = await client.request('GET', `${latestPath(appId)}?before=${before}`)
      const path = `/processes/v3/apps/${appId}/processes/count?before=${before}` as const
      const count = await client.request('GET', path)
      expect({ before, ids: idsOf((await list.json()) as ProcessV3[]) }).toEqual({ before, ids })
      expect(await count.json()).toEqual({ count: ids.length })
    }
  })

  test('that make no sense are refused with what is allowed', async () => {
    const { client, url, token } = await startWithFakes()
    const { appId } = await deployedApp(client)
    const refused: [string, string][] = [
      [
        'status=gone',
        'status[0] must be one of starting, running, draining, stopping, stopped, failed; got "gone"',
      ],
      ['status=running&status=', 'got ""'],
      ['status=running,failed', 'got "running,failed"'],
      ['region=Mars', 'region must be one of Seattle, '],
      ['region=', 'got ""'],
      ['before=soon', 'before must be a number; got "soon"'],
      ['before=', 'before must be a number; got ""'],
      ['before=NaN', 'got "NaN"'],
      ['before=Infinity', 'got "Infinity"'],
      ['before=0x10', 'got "0x10"'],
      ['before=1e999', 'got "1e999"'],
      ['before=%201', 'got " 1"'],
      ['before=1&before=2', 'before was given 2 times, it is allowed once'],
    ]
    for (const [query, text] of refused) {
      for (const what of ['latest', 'count']) {
        const answer = await fetch(`${url}/processes/v3/apps/${appId}/processes/${what}?${query}`, {
          headers: { authorization: token },
        })
        const refusal = await refusalIn(answer)
        expect({ query, what, ...refusal }).toMatchObject({
          query,
          what,
          status: 422,
          code: 'invalid',
        })
        expect(refusal.message).toContain(text)
      }
    }
  })
})

test('the count does not fall when an application’s processes end', async () => {
  const hatchery = await startWithFakes()
  const { client } = hatchery
  const { appId } = await deployedApp(client)
  const created = await create(hatchery, appId, Array(3).fill('Chicago'))
  for (const { processId } of created) await client.processesV3.stopProcess(processId, appId)
  await settled(hatchery, appId)
  expect(await client.processesV3.getProcessesCountExperimental(appId)).toEqual({ count: 3 })
  const again = await hatchery.restart()
  expect(await again.client.processesV3.getProcessesCountExperimental(appId)).toEqual({ count: 3 })
})
