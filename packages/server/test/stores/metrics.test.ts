import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type {
  FleetMetricQuery,
  FleetSample,
  MetricQuery,
  MetricSample,
  MetricStore,
} from '../../src/domain/metric-store.ts'
import { openMetricStore } from '../../src/stores/metrics.ts'
import { refusal, t0 } from '../conformance/stores/records.ts'
import { eventually } from '../support/eventually.ts'

let folder = ''
let file = ''
const opened: MetricStore[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hatchery-metrics-'))
  file = join(folder, 'metrics.db')
})

afterEach(async () => {
  for (const metrics of opened.splice(0)) metrics.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(): Promise<MetricStore> {
  const metrics = await openMetricStore({ file })
  opened.push(metrics)
  return metrics
}

const reopen = async (): Promise<MetricStore> => {
  opened.pop()?.close()
  return open()
}

const sample = (seconds: number, given: Partial<MetricSample> = {}): MetricSample => ({
  processId: 'process-1',
  at: t0 + seconds * 1_000,
  cpu: seconds,
  memory: null,
  rateEgress: null,
  totalEgress: null,
  activeConnections: null,
  ...given,
})

const query = (given: Partial<MetricQuery> = {}): MetricQuery => ({
  processId: 'process-1',
  metrics: ['cpu'],
  start: t0,
  end: t0 + 180_000,
  stepSeconds: 60,
  ...given,
})

const second = t0 / 1_000

test('each step shows its last sample, at the time at which it ends', async () => {
  const metrics = await open()
  metrics.write([0, 1, 59, 60, 61, 170, 180, 181].map((seconds) => sample(seconds)))
  expect(await metrics.read(query())).toEqual({
    cpu: [
      { value: 0, timestamp: second },
      { value: 60, timestamp: second + 60 },
      { value: 61, timestamp: second + 120 },
      { value: 180, timestamp: second + 180 },
    ],
  })
})

test('a step without a sample has no point, and a metric that was never measured none', async () => {
  const metrics = await open()
  metrics.write([sample(10), sample(170, { cpu: null, memory: 7 })])
  expect(await metrics.read(query({ metrics: ['cpu', 'memory', 'totalEgress'] }))).toEqual({
    cpu: [{ value: 10, timestamp: second + 60 }],
    memory: [{ value: 7, timestamp: second + 180 }],
    totalEgress: [],
  })
})

test('what is not asked for, of another process, or outside of the time is not answered', async () => {
  const metrics = await open()
  metrics.write([sample(10), sample(10, { processId: 'process-2', cpu: 9 })])
  expect(await metrics.read(query({ metrics: [] }))).toEqual({})
  expect(await metrics.read(query({ processId: 'process-3' }))).toEqual({ cpu: [] })
  expect(await metrics.read(query({ start: t0 + 120_000 }))).toEqual({ cpu: [] })
  expect(await metrics.read(query({ end: t0 - 1 }))).toEqual({ cpu: [] })
})

test('the last sample of a process is found, held or written, until it is removed', async () => {
  const metrics = await open()
  const other = sample(90, { processId: 'process-2' })
  metrics.write([sample(10, { totalEgress: 7 }), other])
  const last = sample(20, { cpu: null, activeConnections: 3 })
  metrics.write([last])
  expect(await metrics.findLast('process-1')).toEqual(last)
  const again = await reopen()
  expect(await again.findLast('process-1')).toEqual(last)
  expect(await again.findLast('process-2')).toEqual(other)
  expect(await again.findLast('process-3')).toBeUndefined()
  again.prune(t0 + 60_000)
  await eventually('it is removed', async () => !(await again.findLast('process-1')))
  expect(await again.findLast('process-2')).toEqual(other)
})

test('every sample is there after closing and opening again', async () => {
  const metrics = await open()
  for (let seconds = 0; seconds <= 60; seconds += 5) metrics.write([sample(seconds)])
  metrics.write([sample(10, { processId: 'process-2' })])
  const again = await reopen()
  const points = await again.read(query({ stepSeconds: 5 }))
  expect(points.cpu).toHaveLength(13)
  expect(await again.read(query({ processId: 'process-2' }))).toEqual({
    cpu: [{ value: 10, timestamp: second + 60 }],
  })
})

test('old samples are removed and newer ones stay', async () => {
  const metrics = await open()
  for (let index = 0; index < 300; index += 1) {
    const processId = `process-${index}`
    metrics.write([0, 10, 4_000].map((seconds) => sample(seconds, { processId })))
  }
  const pointsOf = async (processId: string): Promise<number | undefined> => {
    const { cpu } = await metrics.read(query({ processId, end: t0 + 4_000_000, stepSeconds: 10 }))
    return cpu?.length
  }
  expect(await pointsOf('process-299')).toBe(3)
  metrics.prune(t0 + 3_000_000)
  metrics.prune(t0 + 3_000_000)
  await eventually('the last process is pruned', async () => (await pointsOf('process-299')) === 1)
  expect(await pointsOf('process-0')).toBe(1)
  metrics.prune(t0 + 5_000_000)
  await eventually('nothing is left', async () => (await pointsOf('process-299')) === 0)
  metrics.write([sample(10, { processId: 'process-299' })])
  expect(await pointsOf('process-299')).toBe(1)
})

const fleetSample = (minutes: number, given: Partial<FleetSample> = {}): FleetSample => ({
  ...{ fleetId: 'fleet-1', region: null, at: t0 + minutes * 60_000 },
  ...{ provisionedBareMetal: 8, provisionedCloud: 0, utilized: minutes },
  ...given,
})

const fleetQuery = (given: Partial<FleetMetricQuery> = {}): FleetMetricQuery => ({
  ...{ fleetId: 'fleet-1', region: null, start: t0, end: t0 + 180_000, stepSeconds: 60 },
  ...given,
})

test('what is measured of a fleet is kept by region, and goes by age as the rest', async () => {
  const metrics = await open()
  metrics.writeFleets([fleetSample(0), fleetSample(0, { region: 'Tokyo', utilized: 0.5 })])
  metrics.writeFleets([fleetSample(2), fleetSample(2, { fleetId: 'fleet-2', utilized: 9 })])
  const again = await reopen()
  expect(await again.readFleet(fleetQuery())).toEqual({
    provisionedBareMetal: [0, 120].map((at) => ({ value: 8, timestamp: second + at })),
    provisionedCloud: [0, 120].map((at) => ({ value: 0, timestamp: second + at })),
    utilized: [
      { value: 0, timestamp: second },
      { value: 2, timestamp: second + 120 },
    ],
  })
  const tokyo = await again.readFleet(fleetQuery({ region: 'Tokyo', start: t0 - 60_000 }))
  expect(tokyo.utilized).toEqual([{ value: 0.5, timestamp: second }])
  expect(await again.readFleet(fleetQuery({ fleetId: 'fleet-3' }))).toMatchObject({ utilized: [] })
  again.prune(t0 + 60_000)
  await eventually('the old ones are gone', async () => {
    const { utilized } = await again.readFleet(fleetQuery({ stepSeconds: 120 }))
    return utilized.length === 1
  })
  expect((await again.readFleet(fleetQuery({ region: 'Tokyo' }))).utilized).toEqual([])
})

test('the file is ours alone', async () => {
  await open()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await refusal(openMetricStore({ file }))).toMatchObject({ code: 'unavailable' })
})
