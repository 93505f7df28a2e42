/** Metrics of a process as the API answers them. */
import { expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

test('are measured while it runs, and answered where they were asked for', async () => {
  const { client, driver } = await startWithFakes('--metrics-sample-seconds=1')
  const { appId } = await deployedApp(client)
  const { processId } = await client.processesV3.createProcess('Chicago', appId)
  await eventually('it runs', () => driver.place.runs.has(processId))
  driver.connect(processId, 3)
  const measured = await eventually('two rounds of measuring', async () => {
    const all = await client.processesV3.getProcessMetrics({ processId, appId, step: 1 })
    return (all.cpu?.length ?? 0) > 0 && all
  })
  expect(measured.memory?.at(-1)?.value).toBe(67_108_864)
  expect(measured.activeConnections?.at(-1)?.value).toBe(3)
  expect(measured.cpu?.at(-1)?.value).toBeCloseTo(0.25, 1)
  expect(measured.gpuMemory).toEqual([])
  expect(measured.gpuUtilization).toEqual([])
  const { timestamp = 0 } = measured.memory?.at(-1) ?? {}
  expect(Math.abs(timestamp - Date.now() / 1000)).toBeLessThan(30)

  const some = await client.processesV3.getProcessMetrics({
    processId,
    appId,
    metrics: ['memory', 'gpuMemory'],
  })
  expect(Object.keys(some).toSorted()).toEqual(['gpuMemory', 'memory'])
  const before = await client.processesV3.getProcessMetrics({
    processId,
    appId,
    end: Date.now() / 1000 - 3600,
  })
  expect(before.memory).toEqual([])
})

test('of a period that makes no sense are refused', async () => {
  const { client } = await startWithFakes()
  const { appId } = await deployedApp(client)
  const { processId } = await client.processesV3.createProcess('Chicago', appId)
  const refused: [object, string][] = [
    [{ start: 2_000_000_000, end: 1_000_000_000 }, 'start must not be after end'],
    [
      { start: 0, end: 1_000_000_000, step: 1 },
      'at most 11000 points between start and end; 1 s makes 1000000000',
    ],
    [{ step: 0 }, 'step must be >= 1; got 0'],
    [{ step: 1.5 }, 'step must be a whole number; got "1.5"'],
    [{ metrics: ['luck'] }, 'metrics[0] must be one of cpu, memory, rateEgress, '],
  ]
  for (const [query, text] of refused) {
    const call = client.processesV3.getProcessMetrics({ processId, appId, ...query })
    const refusal = await refusalOf(call)
    expect(refusal.status).toBe(422)
    expect(refusal.message).toContain(text)
  }
})
