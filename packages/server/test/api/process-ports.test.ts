/** Port numbers: never two processes on one, a clear answer when there are no more, and free again after a stop. */
import { expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { refusalOf } from '../support/refusal.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

/** A port below 1024 is never used as it is: every number comes from the range. */
const containerPort = 80

/** The ports of the process once it runs, the default one first. */
const portsOf = ({ client }: FakeHatchery, appId: string, processId: string): Promise<number[]> =>
  eventually('it runs', async () => {
    const process = await client.processesV3.getProcess(processId, appId)
    if (process.status !== 'running' || process.exposedPort === null) return undefined
    return [process.exposedPort, ...process.additionalExposedPorts].map(({ port }) => port)
  })

test('when all are used a process is refused with 429, and one fits again after a stop', async () => {
  const hatchery = await startWithFakes('--ports-from=21000', '--ports-to=21001')
  const { client } = hatchery
  const { appId } = await deployedApp(client, { deployment: { containerPort } })
  const [first, second] = [
    await client.processesV3.createProcess('Chicago', appId),
    await client.processesV3.createProcess('Tokyo', appId),
  ]
  const ports = [
    ...(await portsOf(hatchery, appId, first.processId)),
    ...(await portsOf(hatchery, appId, second.processId)),
  ]
  expect(ports.toSorted()).toEqual([21_000, 21_001])

  const refusal = await refusalOf(client.processesV3.createProcess('London', appId))
  expect(refusal).toMatchObject({ status: 429, code: 'no-capacity' })
  expect(refusal.message).toContain('2 of 2 are in use')
  expect(Number(refusal.retryAfter)).toBeGreaterThan(0)
  expect(await client.processesV3.getProcessesCountExperimental(appId)).toEqual({ count: 2 })

  await client.processesV3.stopProcess(first.processId, appId)
  const third = await eventually('a port is free', async () => {
    return await client.processesV3.createProcess('London', appId).catch(() => undefined)
  })
  expect(await portsOf(hatchery, appId, third.processId)).toEqual([ports[0]])
})

test('a process that needs more than are left is refused, one that needs fewer is not', async () => {
  const hatchery = await startWithFakes('--ports-from=21000', '--ports-to=21003')
  const { client } = hatchery
  const additionalContainerPorts = [
    { name: 'query', port: 81, transportType: 'tcp' as const },
    { name: 'rcon', port: 82, transportType: 'tcp' as const },
  ]
  const big = await deployedApp(client, {
    appName: 'big',
    deployment: { containerPort, additionalContainerPorts },
  })
  const small = await deployedApp(client, { appName: 'small', deployment: { containerPort } })
  const one = await client.processesV3.createProcess('Chicago', big.appId)
  expect(await refusalOf(client.processesV3.createProcess('Chicago', big.appId))).toMatchObject({
    status: 429,
  })
  const other = await client.processesV3.createProcess('Chicago', small.appId)
  const ports = [
    ...(await portsOf(hatchery, big.appId, one.processId)),
    ...(await portsOf(hatchery, small.appId, other.processId)),
  ]
  expect(ports.toSorted()).toEqual([21_000, 21_001, 21_002, 21_003])
})

test('many asked for at once get a number each, and no more than there are', async () => {
  const hatchery = await startWithFakes('--ports-from=21000', '--ports-to=21009')
  const { client } = hatchery
  const { appId } = await deployedApp(client, { deployment: { containerPort } })
  const asked = Array.from({ length: 16 }, () => client.processesV3.createProcess('Chicago', appId))
  const outcomes = await Promise.allSettled(asked)
  const created = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(created).toHaveLength(10)
  const ports = await Promise.all(
    created.map(({ processId }) => portsOf(hatchery, appId, processId)),
  )
  expect(new Set(ports.flat()).size).toBe(10)
})

test('the container port itself is used where it is free', async () => {
  const hatchery = await startWithFakes()
  const { client } = hatchery
  const { appId } = await deployedApp(client, { deployment: { containerPort: 27_015 } })
  const first = await client.processesV3.createProcess('Chicago', appId)
  expect(await portsOf(hatchery, appId, first.processId)).toEqual([27_015])
  const second = await client.processesV3.createProcess('Chicago', appId)
  expect(await portsOf(hatchery, appId, second.processId)).not.toEqual([27_015])
})

test('a restart keeps what is in use', async () => {
  const before = await startWithFakes('--ports-from=21000', '--ports-to=21001')
  const { appId } = await deployedApp(before.client, { deployment: { containerPort } })
  const first = await before.client.processesV3.createProcess('Chicago', appId)
  const ports = await portsOf(before, appId, first.processId)
  const hatchery = await before.restart()
  const second = await hatchery.client.processesV3.createProcess('Chicago', appId)
  expect(await portsOf(hatchery, appId, second.processId)).not.toEqual(ports)
  expect(
    await refusalOf(hatchery.client.processesV3.createProcess('Chicago', appId)),
  ).toMatchObject({ status: 429 })
})
