/** Row 9: a room on a process that runs already, answered once it is durable; and never two on one slot. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { apiOf, authorization, region } from '../lib/api.ts'
import { startCreateFloor } from '../lib/floors.ts'
import type { RequestText } from '../lib/http-connection.ts'
import { load } from '../lib/load.ts'
import { type Product, startProduct } from '../lib/product.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import type { Row, RowContext } from '../lib/row.ts'
import { tinyBuild } from '../lib/tiny-build.ts'

const clients = 64
const seconds = 2
const roomsPerProcess = 10_000
const smallTotal = 100_000
const largeTotal = 1_000_000

export const roomPlacement: Row = {
  number: 9,
  title: 'room on a warm process',
  async run(context) {
    const { floor, hatchery } = await alternately(context, {
      floor: () => ofFloor(context),
      hatchery: () => ofHatchery(context, 0).then(({ figures }) => figures),
    })
    const total = context.small ? smallTotal : largeTotal
    context.say(`placing ${total.toLocaleString('en')} rooms`)
    const { wrong, placed } = await ofHatchery(context, total)
    return [
      {
        ...{ operation: 'room placed, p50 alone', held: 'ratio', goal: { atMost: 2 } },
        ...{ floor: floor.of('p50Ms', 'ms'), hatchery: hatchery.of('p50Ms', 'ms') },
      },
      {
        ...{ operation: `room placed, rate at ${clients} clients`, held: 'ratio' },
        ...{ floor: floor.of('rate', '/s'), hatchery: hatchery.of('rate', '/s') },
        goal: { atLeast: 0.4 },
      },
      {
        ...{ operation: 'slots given twice, lost or uncounted', held: 'value', floor: null },
        ...{ hatchery: { value: wrong, unit: '' }, goal: { atMost: 0 } },
        note: `${placed.toLocaleString('en')} rooms`,
      },
    ]
  },
}

async function ofFloor({ folder }: RowContext): Promise<Figures> {
  const own = mkdtempSync(join(folder, 'floor-'))
  await using floor = await startCreateFloor({ folder: own, commits: 'group' })
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', path: '/', headers, body: JSON.stringify({ region }) }
  return await underLoad(floor.ready.port, request, own)
}

/** A fresh server; after the measurement it places rooms up to `total` and counts what came of them. */
async function ofHatchery(
  { folder }: RowContext,
  total: number,
): Promise<{ figures: Figures; wrong: number; placed: number }> {
  const own = mkdtempSync(join(folder, 'hatchery-'))
  const data = join(own, 'data')
  await using product = await startProduct({ data, driver: 'fake' })
  const request = await prepare(product, own, Math.max(total, 200_000))
  const figures = total === 0 ? await underLoad(product.ready.port, request, own) : {}
  for (let sent = 0; sent < total;) {
    const { rate } = await load({
      ...{ port: product.ready.port, request, folder: own, connections: clients, seconds: 5 },
    })
    sent += rate * 5
  }
  await product.stop()
  return { figures, ...recount(data) }
}

/** Answers the request that places a room, on processes that have slots for all. */
async function prepare(product: Product, own: string, rooms: number): Promise<RequestText> {
  const api = apiOf(product.ready)
  const { appId } = await api.deploy({ name: 'bench', folder: tinyBuild(own) })
  const deployments = `/deployments/v3/apps/${appId}/deployments`
  const { buildId } = (await api.call('GET', `${deployments}/latest`)) as { buildId: string }
  await api.call('POST', deployments, {
    ...{ buildId, roomsPerProcess, env: [], idleTimeoutEnabled: false },
    ...{ transportType: 'tcp', containerPort: 7_777, requestedCPU: 1, requestedMemoryMB: 512 },
  })
  const processes = Math.ceil((rooms * 1.2) / roomsPerProcess)
  for (let made = 0; made < processes; made += 1) await api.create(appId)
  await api.untilCount(appId, '?status=running', processes)
  const headers = { ...authorization(product.ready), 'content-type': 'application/json' }
  const path = `/rooms/v2/${appId}/create`
  return { method: 'POST', path, headers, body: JSON.stringify({ region }) }
}

async function underLoad(port: number, request: RequestText, folder: string): Promise<Figures> {
  const wanted = { port, request, folder }
  await load({ ...wanted, connections: 8, seconds: 1 })
  const alone = await load({ ...wanted, connections: 1, seconds })
  const together = await load({ ...wanted, connections: clients, seconds })
  return { p50Ms: alone.p50Ms, rate: together.rate }
}

/** Processes whose rooms are not what they say, or more than they can hold; and rooms that are on none. */
function recount(data: string): { wrong: number; placed: number } {
  const db = new DatabaseSync(join(data, 'hatchery.db'))
  const count = (text: string): number => Number(db.prepare(text).get()?.['n'])
  const wrong = count(`
    select count(*) as n from processes left join (
      select process_id as id, count(*) as held from rooms group by process_id
    ) on id = process_id
    where rooms_allocated <> coalesce(held, 0) or coalesce(held, 0) > rooms_per_process`)
  const lost = count('select count(*) as n from rooms where process_id is null')
  const placed = count('select count(*) as n from rooms')
  db.close()
  return { wrong: wrong + lost, placed }
}
