/** `hatchery app scale` and `hatchery app load-balancer`, on a real server with fake processes. */
import { expect, test } from 'vitest'
import { balancerPorts } from '../../server/test/balancer/balanced-game.ts'
import { jsonOf, online, onlineWithApp } from './support/online.ts'

test('a load balancer is turned on, shown with its address, and turned off', async () => {
  const { run: hatchery } = await online(...balancerPorts())
  await hatchery('app', 'create', 'arena')
  expect(jsonOf(await hatchery('app', 'load-balancer', '--json'))).toMatchObject({ enabled: false })
  const on = await hatchery('app', 'load-balancer', 'arena', '--on')
  expect(on.stdout).toMatch(
    /^load balancer\ton\naddress\thttp:\/\/127\.0\.0\.1:32\d{3}\nprocesses\t0\n/,
  )
  const { stdout: url } = await hatchery('app', 'load-balancer', '-q')
  expect((await fetch(url.trim())).status).toBe(401)
  expect((await hatchery('app', 'get')).stdout).toContain(
    'load balancer\ton; see: hatchery app load-balancer arena\n',
  )
  const off = await hatchery('app', 'load-balancer', 'arena', '--off', '--json')
  expect(jsonOf(off)).toMatchObject({ enabled: false, urls: [] })
  expect((await hatchery('app', 'load-balancer', '--on', '--off')).code).toBe(2)
})

test('a region keeps a target, or as many as requests need, and each call leaves the rest alone', async () => {
  const { run: hatchery, hatchery: server, appId } = await onlineWithApp()
  const scale = (...flags: string[]) => hatchery('app', 'scale', '--region', 'Seattle', ...flags)
  await hatchery('app', 'scale', '--region', 'Tokyo', '--target', '1')
  expect((await scale('--min', '1', '--max', '4', '--requests', '20')).stdout).toContain(
    'keeps in Seattle\t1 to 4, 20 requests each\n',
  )
  const tokyo = { region: 'Tokyo', minProcesses: 0, targetProcesses: 1, maxProcesses: 1 }
  const seattle = { region: 'Seattle', minProcesses: 1, targetProcesses: 2, maxProcesses: 4 }
  const { serviceConfig } = await server.client.appsV2.getApp(appId)
  expect(serviceConfig).toEqual({
    staticProcessAllocation: [
      { ...tokyo, autoscalingEnabled: false },
      { ...seattle, autoscalingEnabled: true },
    ],
    processAutoscalerConfig: {
      targetMetric: { metricName: 'concurrent-requests', metricValue: 20 },
    },
  })
  expect((await scale('--target', '3')).stdout).toContain('keeps in Seattle\t3 (1 to 4)\n')
  expect((await scale('--target', '0')).stdout).not.toContain('Seattle')
  for (const flags of [[], ['--target', '1', '--requests', '1']])
    expect((await scale(...flags)).stderr).toContain('--region and either --target or --requests')
})
