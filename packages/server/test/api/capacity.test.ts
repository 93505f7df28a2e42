/** Capacity: what processes request is counted for each machine, and a full region hands on. */
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/index.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { untilStatus } from '../support/process-life.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const counted = '--capacity-overcommit=false'

describe('a machine', () => {
  test('takes what fits, then refuses with what is free, and takes again what is given back', async () => {
    const { client } = await startWithFakes(
      counted,
      '--capacity-cpu=1',
      '--capacity-memory-mb=4096',
    )
    const { appId } = await deployedApp(client, { deployment: { requestedCPU: 0.5 } })
    const first = await client.processesV3.createProcess('Seattle', appId)
    await client.processesV3.createProcess('Tokyo', appId)
    expect(await refusalOf(client.processesV3.createProcess('Seattle', appId))).toMatchObject({
      ...{ status: 429, code: 'no-capacity', retryAfter: '10' },
      message:
        'Seattle cannot take a process now: node local has 0 CPU and 3072 MB free; it needs 0.5 CPU and 512 MB',
    })
    expect(await refusalOf(client.roomsV2.createRoom({ region: 'London' }, appId))).toMatchObject({
      status: 429,
    })
    expect(await client.hatchery.getNodes()).toMatchObject([
      {
        ...{ nodeId: 'local', status: 'active', processes: 2 },
        cpu: { capacity: 1, requested: 1 },
        memoryMb: { capacity: 4096, requested: 1024 },
      },
    ])
    await client.processesV3.stopProcess(first.processId, appId)
    await untilStatus(client, first, 'stopped')
    await client.processesV3.createProcess('Seattle', appId)
  })
})

describe('several machines', () => {
  const nodes = '--nodes=one ports=20000-20099 cpu=1,two ports=20100-20199 cpu=1 host=10.0.0.2'

  test('are filled in their order, each with its own ports and address', async () => {
    const { client } = await startWithFakes(counted, nodes)
    const { appId } = await deployedApp(client, { deployment: { requestedCPU: 1 } })
    const first = await client.processesV3.createProcess('Seattle', appId)
    const second = await client.processesV3.createProcess('Seattle', appId)
    expect(first.exposedPort).toMatchObject({ host: '127.0.0.1', port: 7777 })
    expect(second.exposedPort).toMatchObject({ host: '10.0.0.2', port: 7777 })
    expect(await refusalOf(client.processesV3.createProcess('Seattle', appId))).toMatchObject({
      status: 429,
      message: expect.stringContaining('node one has 0 CPU'),
    })
  })

  test('serve the regions that name them, and a full region hands on', async () => {
    const { client } = await startWithFakes(
      ...[counted, nodes, '--region-nodes=Seattle=one,Chicago=two', '--spillover=Seattle>Chicago'],
    )
    const { appId } = await deployedApp(client, {
      deployment: { requestedCPU: 1, roomsPerProcess: 1 },
    })
    const create = async () => {
      const { processId } = await client.roomsV2.createRoom({ region: 'Seattle' }, appId)
      return (await client.processesV3.getProcess(processId, appId)).region
    }
    expect([await create(), await create()]).toEqual(['Seattle', 'Chicago'])
    expect(await refusalOf(client.roomsV2.createRoom({ region: 'Seattle' }, appId))).toMatchObject({
      ...{ status: 429, message: expect.stringContaining('Seattle, Chicago cannot take') },
    })
    const regions = await client.hatchery.getRegions()
    expect(regions.find(({ region }) => region === 'Seattle')).toEqual({
      ...{ region: 'Seattle', nodeIds: ['one'], spillover: ['Chicago'] },
    })
  })

  test('that the settings do not name any more keep their processes', async () => {
    const hatchery = await startWithFakes(counted)
    const { appId } = await deployedApp(hatchery.client)
    const process = await hatchery.client.processesV3.createProcess('Seattle', appId)
    await untilStatus(hatchery.client, process, 'running')
    const { client } = await hatchery.restart()
    await client.processesV3.stopProcess(process.processId, appId)
    await untilStatus(client, process, 'stopped')
  })
})

test.each([
  [['--nodes=one,one'], 'nodes must have different names; got "one" twice'],
  [['--nodes=one,two'], '"two" and "one" are one machine, so their ports must not overlap'],
  [['--nodes=one ports=30000-20000'], 'the ports of "one" must go up within 1024 to 65535'],
  [['--region-nodes=Seattle=two'], 'regionNodes names the node "two"; nodes has local'],
  [['--region-nodes=Paris=local'], 'regionNodes names the region "Paris", which is not in regions'],
  [['--spillover=Seattle>Paris'], 'spillover names the region "Paris"'],
  [['--spillover=Seattle>Seattle'], 'spillover must lead to another region'],
  [['--nodes=one gpu=3'], '--nodes must be a list of names'],
])('%j is refused', (argv, problem) => {
  const read = () => readConfig({ argv, env: {}, cwd: '/', isRoot: true })
  expect(read).toThrow(problem)
})
