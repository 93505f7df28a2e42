/** The commands on applications, processes, builds and deployments, on a real server with fake processes. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deployedApp } from '../../server/test/support/deployed-app.ts'
import { eventually } from '../../server/test/support/eventually.ts'
import { type Online, jsonOf, online, onlineWithApp } from './support/online.ts'

/** The id of a new process that runs. */
async function aProcess({ hatchery }: Online, appId: string): Promise<string> {
  const { processId } = await hatchery.client.processesV3.createProcess('Seattle', appId)
  await eventually(`${processId} runs`, async () => {
    const { status } = await hatchery.client.processesV3.getProcess(processId, appId)
    return status === 'running'
  })
  return processId
}

describe('on an empty server', () => {
  test.each([
    ['app list', 'hatchery app create my-game'],
    ['build list', 'hatchery build create .'],
  ])('%s is empty, with the command that makes the first', async (command, next) => {
    const { run: hatchery } = await online()
    const { code, stdout, stderr } = await hatchery(...command.split(' '))
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain(next)
    expect(jsonOf(await hatchery(...command.split(' '), '--json'))).toEqual([])
  })

  test('ps says that there is no application', async () => {
    const { run: hatchery } = await online()
    const { code, stderr } = await hatchery('ps')
    expect(code).toBe(3)
    expect(stderr).toBe('error: there is no application yet\ntry:   hatchery app create my-game\n')
  })
})

test('an application is made, used, changed and deleted by its name', async () => {
  const { run: hatchery, hatchery: server } = await online()
  const { code, stdout } = await hatchery('app', 'create', 'arena', '-q')
  const appId = stdout.trim()
  expect({ code, appId }).toEqual({ code: 0, appId: expect.stringMatching(/^app-/) as string })
  await hatchery('app', 'create', 'other')
  const both = await hatchery('ps')
  expect(both.code).toBe(2)
  expect(both.stderr).toContain('there are 2 applications: other, arena; name one with --app')

  expect((await hatchery('app', 'use', 'arena')).code).toBe(0)
  expect(jsonOf(await hatchery('app', 'get', '--json'))).toMatchObject({ appId })
  expect((await hatchery('app', 'update', 'arena', '--name', 'arena-2')).code).toBe(0)
  expect((await server.client.appsV2.getApp(appId)).appName).toBe('arena-2')

  const secret = async (...flags: string[]): Promise<string> =>
    (await hatchery('app', 'secret', 'arena-2', '-q', ...flags)).stdout
  const before = await secret()
  const after = await secret('--rotate')
  expect(after).toMatch(/^secret-/)
  expect(after).not.toBe(before)
  expect(await secret()).toBe(after)

  const unsure = await hatchery('app', 'delete', 'arena-2', '--yes')
  expect(unsure.code).toBe(2)
  expect(unsure.stderr).toContain('add --confirm arena-2')
  expect((await hatchery('app', 'delete', 'arena-2', '--confirm', 'arena')).code).toBe(2)
  expect((await hatchery('app', 'delete', 'arena-2', '--confirm', 'arena-2')).code).toBe(0)
  expect((await hatchery('app', 'list', '--columns', 'name')).stdout).toBe('other\n')
})

test('a taken name is refused with the help of the command', async () => {
  const { run: hatchery } = await online()
  await hatchery('app', 'create', 'arena')
  const { code, stderr } = await hatchery('app', 'create', 'arena', '--json')
  expect(code).toBe(2)
  expect(JSON.parse(stderr)).toEqual({
    error: {
      ...{ code: 'taken', status: 422, try: 'hatchery app create -h' },
      message: expect.stringContaining('arena') as string,
      requestId: expect.any(String) as string,
    },
  })
})

test('a process is started, found by the beginning of its id, and stopped', async () => {
  const place = await onlineWithApp()
  const created = await place.run('process', 'create', '--region', 'Seattle', '-q')
  const processId = created.stdout.trim()
  const start = processId.slice(0, 6)
  expect(jsonOf(await place.run('inspect', start, '--json'))).toMatchObject({ processId })
  expect((await place.run('ps', '-q')).stdout).toBe(`${processId}\n`)
  const stopped = await place.run('stop', start, processId)
  expect({ code: stopped.code, stdout: stopped.stdout }).toEqual({ code: 0, stdout: '' })
  expect(stopped.stderr).toBe('stopping 1 process\n')
  await eventually('it has stopped', async () => {
    const { status } = await place.hatchery.client.processesV3.getProcess(processId, place.appId)
    return status === 'stopped'
  })
  expect((await place.run('stop', start)).stderr).toBe(
    'nothing to stop, 1 process had ended before\n',
  )
  expect((await place.run('ps')).stdout).toBe('')
  expect((await place.run('ps', '--all', '-q')).stdout).toBe(`${processId}\n`)
})

test('ps in a pipe has tabs, full ids and the columns that are asked for', async () => {
  const place = await onlineWithApp()
  const first = await aProcess(place, place.appId)
  const second = await aProcess(place, place.appId)
  const columns = ['--columns', 'process,status,rooms,region']
  expect((await place.run('ps', ...columns)).stdout).toBe(
    `${second}\trunning\t0/4\tSeattle\n${first}\trunning\t0/4\tSeattle\n`,
  )
  const limited = await place.run('ps', '--limit', '1', ...columns)
  expect(limited.stdout).toBe(`${second}\trunning\t0/4\tSeattle\n`)
  expect(limited.stderr).toContain('--limit 0 shows all')
  expect((await place.run('ps', '--columns', 'size')).code).toBe(2)
})

test('all pages of a list are shown', async () => {
  const place = await onlineWithApp()
  for (let i = 0; i < 23; i += 1)
    await place.hatchery.client.processesV3.createProcess('Seattle', place.appId)
  const { stdout } = await place.run('process', 'list', '-q', '--limit', '0')
  expect(new Set(stdout.trim().split('\n')).size).toBe(23)
})

test('a beginning of several ids lists them, and of none is not found', async () => {
  const place = await onlineWithApp()
  const { deployment } = await deployedApp(place.hatchery.client, { appName: 'other' })
  const unknown = await place.run('deployment', 'get', 'dep-zzzz', '--app', 'other')
  expect(unknown.code).toBe(3)
  expect(unknown.stderr).toContain('try:   hatchery deployment list')
  await place.hatchery.client.deploymentsV3.createDeployment(
    { ...deployment, containerPort: 7777, transportType: 'udp' },
    deployment.appId,
  )
  const ambiguous = await place.run('deployment', 'get', 'dep-', '--app', 'other')
  expect(ambiguous.code).toBe(2)
  expect(ambiguous.stderr).toContain(`  ${deployment.deploymentId}`)
})

test('deployments are made from the newest one and compared', async () => {
  const place = await onlineWithApp()
  const { deploymentId: first } = await place.hatchery.client.deploymentsV3.getLatestDeployment(
    place.appId,
  )
  const made = await place.run(
    'deployment',
    'create',
    '--rooms',
    '8',
    '--env',
    'MODE=ranked',
    '--json',
  )
  expect(jsonOf(made)).toMatchObject({
    roomsPerProcess: 8,
    env: [{ name: 'MODE', value: 'ranked' }],
  })
  expect((await place.run('deployment', 'diff', first)).stdout.split('\n').toSorted()).toEqual(
    ['', 'env MODE\t\tranked', 'roomsPerProcess\t4\t8'].toSorted(),
  )
})

test('api sends what it is given and prints the answer as it comes', async () => {
  const place = await onlineWithApp()
  const latest = await place.run('api', 'get', '/processes/v3/apps/{appId}/processes/latest')
  expect(latest).toEqual({ code: 0, stdout: '[]\n', stderr: '' })
  const body = join(place.cwd, 'body.json')
  writeFileSync(body, '{}')
  const path = '/processes/v3/apps/{appId}/processes/regions/Seattle'
  expect(jsonOf(await place.run('api', 'POST', path, '--body', '@body.json'))).toMatchObject({
    region: 'Seattle',
  })
  expect((await place.run('api', 'GET', '/no/such/path')).code).toBe(3)
  expect((await place.run('api', 'FETCH', '/')).code).toBe(2)
  expect((await place.run('metrics')).stdout).toContain('# HELP')
})

test('--verbose tells each request and never the token', async () => {
  const place = await onlineWithApp()
  const { stderr } = await place.run('app', 'list', '--verbose')
  expect(stderr).toMatch(/^GET \/apps\/v2\/apps {2}200 in \d+ ms {2}request \S+\n$/)
  expect(stderr).not.toContain(place.hatchery.token)
})

test('what is not a Hatchery is said so', async () => {
  const place = await online()
  const { code, stderr } = await place.run(
    'ps',
    '--url',
    `${place.hatchery.url}/docs`,
    '--token',
    'x',
  )
  expect(code).toBeGreaterThan(1)
  expect(stderr).toMatch(/^error: /)
})
