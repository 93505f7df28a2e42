/** Row 11: how many processes there ever were, however many that is; and that the number is right after a kill. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { apiOf, authorization, createPath } from '../lib/api.ts'
import type { Child } from '../lib/child.ts'
import { type Listening, startFastify } from '../lib/floors.ts'
import type { RequestText } from '../lib/http-connection.ts'
import { load } from '../lib/load.ts'
import { startProduct } from '../lib/product.ts'
import { type Figures, type Series, alternately } from '../lib/rounds.ts'
import type { Line, Row, RowContext } from '../lib/row.ts'
import { tinyBuild } from '../lib/tiny-build.ts'

export const countProcesses: Row = {
  number: 11,
  title: 'count of processes',
  async run(context) {
    await using floor = await startFastify({ sends: 'constant' })
    await using products = new AsyncDisposableStack()
    const contenders: Record<string, () => Promise<Figures>> = {
      floor: () => rateOf(context, floor, { method: 'GET', path: '/' }),
    }
    for (const size of sizesOf(context)) {
      context.say(`storing ${size.toLocaleString('en')} processes`)
      const { data, appId, count } = await context.stored(size)
      const product = products.use(await startProduct({ data, driver: 'fake' }))
      assertCount(await apiOf(product.ready).count(appId), count)
      for (const { name, query } of questions()) {
        const path = `/processes/v3/apps/${appId}/processes/count${query}`
        const request = { method: 'GET', path, headers: authorization(product.ready) }
        contenders[keyOf(name, size)] = () => rateOf(context, product, request)
      }
    }
    const series = await alternately(context, contenders)
    return [...linesOf(series, context), await recountAfterKill(context)]
  },
}

const smallSize = 100_000
const largeSize = 1_000_000
const sizesOf = ({ small }: RowContext) => (small ? [smallSize] : [smallSize, largeSize])
const keyOf = (name: string, size: number): string => `${name}, ${size}`

interface Question {
  readonly name: string
  readonly query: string
  readonly atLeast: number
}

/** `before` in the middle of an hour, three weeks ago. */
function questions(): Question[] {
  const hourMs = 3_600_000
  const before = (Math.floor(Date.now() / hourMs) - 21 * 24) * hourMs + hourMs / 2
  return [
    { name: 'all', query: '', atLeast: 0.6 },
    { name: 'status and region', query: '?status=failed&region=Seattle', atLeast: 0.6 },
    { name: 'before', query: `?before=${before}`, atLeast: 0.3 },
    { name: 'status, before', query: `?status=failed&before=${before}`, atLeast: 0.3 },
  ]
}

/** A quarter of the history is this application's, and the one process it began with. */
function assertCount(counted: number, stored: number): void {
  if (counted === stored / 4 + 1) return
  throw new Error(`${counted} processes are counted, ${stored / 4 + 1} are stored`)
}

function linesOf(series: Record<string, Series>, context: RowContext): Line[] {
  const rate = (name: string) => series[name]?.of('rate', '/s') ?? { value: Number.NaN, unit: '/s' }
  return questions().flatMap(({ name, atLeast }): Line[] => {
    const few = rate(keyOf(name, smallSize))
    const ofFew: Line = {
      ...{ operation: `count of 100 k: ${name}`, held: 'ratio', goal: { atLeast } },
      ...{ floor: rate('floor'), hatchery: few },
    }
    if (context.small) return [ofFew]
    const many = rate(keyOf(name, largeSize))
    return [
      ofFew,
      { ...ofFew, operation: `count of 1 M: ${name}`, hatchery: many },
      {
        ...{ operation: `count of 1 M against 100 k: ${name}`, held: 'ratio' },
        ...{ floor: few, hatchery: many, goal: { atLeast: 0.95 } },
      },
    ]
  })
}

const rateOf = (
  { folder }: RowContext,
  server: Child<Listening>,
  request: RequestText,
): Promise<Figures> =>
  load({ port: server.ready.port, request, connections: 64, seconds: 2, folder })

/** Kills the server amid creations, starts it again, and holds what it counts against the rows themselves. */
async function recountAfterKill(context: RowContext): Promise<Line> {
  const data = join(context.folder, 'killed')
  context.say('killing a server amid creations')
  const appId = await killAmidCreations(context, data)
  const counted = await countsAfterRestart(data, appId)
  const stored = rowsByStatus(data, appId)
  const wrong = statuses.filter((status) => counted[status] !== (stored[status] ?? 0))
  return {
    ...{ operation: 'statuses counted wrongly after SIGKILL', held: 'value', goal: { atMost: 0 } },
    ...{ floor: null, hatchery: { value: wrong.length, unit: '' } },
    note: `${Object.values(stored).reduce((sum, n) => sum + n, 0)} processes`,
  }
}

const statuses = ['starting', 'running', 'draining', 'stopping', 'stopped', 'failed']

async function killAmidCreations({ folder }: RowContext, data: string): Promise<string> {
  const product = await startProduct({ data, driver: 'fake' })
  const { appId } = await apiOf(product.ready).deploy({ name: 'bench', folder: tinyBuild(folder) })
  const headers = authorization(product.ready)
  const request = { method: 'POST', path: createPath(appId), headers }
  const { port } = product.ready
  const creations = load({ port, request, connections: 16, seconds: 2, folder })
  setTimeout(() => void product.kill(), 1_000)
  await creations.catch(() => undefined) // it ends with broken connections, as it shall
  await product.kill()
  return appId
}

/** Waits until nothing changes any more: processes of the killed fake driver are found lost. */
async function countsAfterRestart(data: string, appId: string): Promise<Record<string, number>> {
  const product = await startProduct({ data, driver: 'fake' })
  await product.ask('settled')
  const api = apiOf(product.ready)
  const counts: Record<string, number> = {}
  for (const status of statuses) counts[status] = await api.count(appId, `?status=${status}`)
  await product.kill()
  return counts
}

function rowsByStatus(data: string, appId: string): Record<string, number> {
  const db = new DatabaseSync(join(data, 'hatchery.db'))
  const rows = db
    .prepare('select status, count(*) as n from processes where app_id = ? group by status')
    .all(appId) as { status: string; n: number }[]
  db.close()
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]))
}
