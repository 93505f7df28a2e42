/** Row 10: the newest ten processes, whatever is asked for and however many are stored. */
import { authorization } from '../lib/api.ts'
import type { Child } from '../lib/child.ts'
import { type Listening, startFastify } from '../lib/floors.ts'
import type { RequestText } from '../lib/http-connection.ts'
import { load } from '../lib/load.ts'
import { type Product, startProduct } from '../lib/product.ts'
import { type Figures, type Series, alternately } from '../lib/rounds.ts'
import type { Line, Row, RowContext } from '../lib/row.ts'
import type { Stored } from '../lib/stored.ts'

export const latestProcesses: Row = {
  number: 10,
  title: 'latest processes',
  async run(context) {
    await using floor = await startFastify({ sends: 'ten processes' })
    await using products = new AsyncDisposableStack()
    const contenders: Record<string, () => Promise<Figures>> = {
      floor: () => rateOf(context, floor, { method: 'GET', path: '/' }),
    }
    for (const size of sizesOf(context)) {
      context.say(`storing ${size.toLocaleString('en')} processes`)
      const stored = await context.stored(size)
      const product = products.use(await startProduct({ data: stored.data, driver: 'fake' }))
      for (const [name, ask] of Object.entries(questions)) {
        const request = requestOf(product, stored, ask)
        contenders[keyOf(name, size)] = () => rateOf(context, product, request)
      }
    }
    return linesOf(await alternately(context, contenders), context)
  },
}

const smallSize = 100_000
const largeSize = 1_000_000
const sizesOf = ({ small }: RowContext) => (small ? [smallSize] : [smallSize, largeSize])

const keyOf = (name: string, size: number): string => `${name}, ${size}`

interface Question {
  readonly query: string
  /** Where the page begins, as a share of all there are. */
  readonly cursorAt?: number
}

const twoRegions = 'region=Seattle&region=Tokyo'

const questions: Readonly<Record<string, Question>> = {
  'no filter': { query: '' },
  status: { query: '?status=failed' },
  'status and region': { query: `?status=failed&status=stopped&${twoRegions}` },
  'no filter, cursor': { query: '', cursorAt: 0.5 },
  'status and region, cursor': { query: `?status=failed&${twoRegions}`, cursorAt: 0.3 },
}

const requestOf = (
  product: Product,
  { appId, count }: Stored,
  { query, cursorAt }: Question,
): RequestText => ({
  method: 'GET',
  path: `/processes/v3/apps/${appId}/processes/latest${query}`,
  headers: {
    ...authorization(product.ready),
    ...(cursorAt !== undefined && { 'hatchery-cursor': String(Math.floor(count * cursorAt)) }),
  },
})

function linesOf(series: Record<string, Series>, context: RowContext): Line[] {
  const rate = (name: string) => series[name]?.of('rate', '/s') ?? { value: Number.NaN, unit: '/s' }
  return Object.keys(questions).flatMap((name): Line[] => {
    const few = rate(keyOf(name, smallSize))
    const ofFew: Line = {
      ...{ operation: `latest of 100 k: ${name}`, held: 'ratio', goal: { atLeast: 0.7 } },
      ...{ floor: rate('floor'), hatchery: few },
    }
    if (context.small) return [ofFew]
    const many = rate(keyOf(name, largeSize))
    return [
      ofFew,
      { ...ofFew, operation: `latest of 1 M: ${name}`, hatchery: many },
      {
        ...{ operation: `latest of 1 M against 100 k: ${name}`, held: 'ratio' },
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
