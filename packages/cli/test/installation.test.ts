/** The commands on rooms, tokens, machines and events, and login, on a real server with fake processes. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../../server/test/support/eventually.ts'
import { type Online, jsonOf, online, onlineWithApp } from './support/online.ts'
import { run } from './support/program.ts'

/** The id of a new process that runs. */
async function aProcess({ hatchery }: Online, appId: string): Promise<string> {
  const { processId } = await hatchery.client.processesV3.createProcess('Seattle', appId)
  await eventually(`${processId} runs`, async () => {
    const { status } = await hatchery.client.processesV3.getProcess(processId, appId)
    return status === 'running'
  })
  return processId
}

test('every list and get gives one JSON value and nothing else', { timeout: 120_000 }, async () => {
  const place = await onlineWithApp()
  const processId = await aProcess(place, place.appId)
  const { roomId } = await place.hatchery.client.roomsV2.createRoom(
    { region: 'Seattle' },
    place.appId,
  )
  const commands = [
    ...['app list', 'app get', 'app get arena', 'app secret', 'build list', 'deployment list'],
    ...['deployment latest', 'process list', 'ps', 'process get --latest', 'region list'],
    ...[
      'node list',
      'room list',
      `room get ${roomId}`,
      'token list',
      'member list',
      'invite list',
      'org list',
      'whoami',
      'status',
    ],
    ...['usage', 'invoice list', 'profile list', 'config get', `inspect ${processId.slice(0, 8)}`],
  ]
  for (const command of commands) {
    const ended = await place.run(...command.split(' '), '--json')
    expect({ command, code: ended.code, stderr: ended.stderr }).toEqual({
      ...{ command, code: 0, stderr: '' },
    })
    expect(() => jsonOf(ended), command).not.toThrow()
  }
})

test('stopping what has rooms is asked, and refused where nobody answers', async () => {
  const place = await onlineWithApp()
  await place.hatchery.client.roomsV2.createRoom({ region: 'Seattle' }, place.appId)
  const { code, stderr } = await place.run('stop', '--latest')
  expect(code).toBe(2)
  expect(stderr).toContain('stop 1 process with 1 room?')
  expect(stderr).toContain('try:   hatchery stop --latest --yes\n')
  expect((await place.run('stop', '--latest', '--yes')).code).toBe(0)
})

test('a token is made, used and revoked', async () => {
  const place = await online()
  const made = await place.run('token', 'create', 'ci', '--scopes', 'applications:read', '-q')
  const env = { HATCHERY_URL: place.hatchery.url, HATCHERY_TOKEN: made.stdout.trim() }
  const me = await run({ cwd: place.cwd }, ['whoami', '--json'], env)
  expect(jsonOf(me)).toMatchObject({ name: 'ci', scopes: ['applications:read'] })
  const refused = await run({ cwd: place.cwd }, ['build', 'list'], env)
  expect(refused.code).toBe(4)
  expect(refused.stderr).toContain('builds:read')
  expect(refused.stderr).toContain('try:   hatchery whoami')
  expect((await place.run('token', 'revoke', 'ci')).code).toBe(2)
  expect((await place.run('token', 'revoke', 'ci', '--yes')).code).toBe(0)
  const revoked = await run({ cwd: place.cwd }, ['whoami'], env)
  expect(revoked.code).toBe(4)
  expect(revoked.stderr).toContain('try:   hatchery login')
})

test('rooms are made, moved and ended', { timeout: 120_000 }, async () => {
  const place = await onlineWithApp()
  const made = await place.run(
    'room',
    'create',
    'match-1',
    '--region',
    'Seattle',
    '--room-config',
    'a',
  )
  expect(made.code).toBe(0)
  expect(made.stderr).toContain(
    'its process starts; next, for the address: hatchery room get match-1',
  )
  expect((await place.run('room', 'get', 'match-1')).stdout).toMatch(/^was on\t$/m)
  expect((await place.run('room', 'list', '--columns', 'room,config')).stdout).toBe('match-1\ta\n')
  expect((await place.run('room', 'update', 'match-1', '--room-config', 'b')).code).toBe(0)
  expect((await place.run('room', 'suspend', 'match')).code).toBe(0)
  expect((await place.run('room', 'resume', 'match-1')).code).toBe(0)
  expect((await place.run('room', 'destroy', 'match-1')).code).toBe(2)
  expect((await place.run('room', 'destroy', 'match-1', '--yes')).code).toBe(0)
  expect(jsonOf(await place.run('room', 'get', 'match-1', '--json'))).toMatchObject({
    status: 'destroyed',
  })
  expect((await place.run('room', 'list')).stdout).toBe('')
})

test('a machine is drained and taken back', async () => {
  const place = await onlineWithApp()
  const nodeId = (await place.run('node', 'list', '-q')).stdout.trim()
  expect((await place.run('node', 'drain', nodeId)).code).toBe(0)
  expect((await place.run('node', 'list', '--columns', 'status')).stdout).toBe('draining\n')
  const refused = await place.run('process', 'create', '--region', 'Seattle')
  expect(refused.code).toBe(6)
  expect((await place.run('node', 'resume', nodeId)).code).toBe(0)
})

test('login tries the token, keeps it for this user only, and logout forgets it', async () => {
  const { hatchery, cwd } = await online()
  const env = { XDG_CONFIG_HOME: join(cwd, 'config') }
  const as = (...args: string[]) => run({ cwd }, args, env)
  writeFileSync(join(cwd, 'token'), 'not-a-token-of-this-server')
  const url = ['--url', hatchery.url]
  expect((await as('login', ...url, '--token-file', 'token')).code).toBe(4)
  expect((await as('login', ...url)).code).toBe(2)
  writeFileSync(join(cwd, 'token'), `${hatchery.token}\n`)
  expect((await as('login', ...url, '--token-file', 'token', '--profile', 'live')).code).toBe(0)
  const file = join(cwd, 'config/hatchery/profiles.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect((await as('app', 'list', '--json')).stdout).toBe('[]\n')
  expect((await as('profile', 'list', '-q')).stdout).toBe('live\n')
  expect((await as('config', 'get', 'url', '-q')).stdout).toBe(`${hatchery.url}\n`)
  expect((await as('profile', 'use', 'other')).code).toBe(3)
  expect((await as('config', 'set', 'url', 'http://127.0.0.1:9')).code).toBe(0)
  expect(readFileSync(file, 'utf8')).not.toContain(hatchery.token)
  expect((await as('app', 'list')).code).toBe(4)
  expect((await as('logout')).code).toBe(0)
})

test('completion knows commands, flags and what the server has', async () => {
  const place = await onlineWithApp()
  const complete = async (...words: string[]): Promise<string[]> =>
    (await place.run('complete', '--', ...words)).stdout.trim().split('\n')
  expect(await complete('inspe')).toEqual(['inspect'])
  expect(await complete('room', 'de')).toEqual(['destroy'])
  expect(await complete('room', 'create', '--reg')).toEqual(['--region'])
  expect(await complete('room', 'create', '--region', 'Sea')).toEqual(['Seattle'])
  expect(await complete('app', 'get', 'ar')).toEqual(['arena'])
  expect(await complete('ps', '-o', 'j')).toEqual(['json'])
  expect((await place.run('completion', 'bash')).stdout).toContain('complete -o default')
  expect((await place.run('completion', 'csh')).code).toBe(2)
})

test('events are a value a line, and ps --watch a line for each change', async () => {
  const place = await onlineWithApp()
  const events = place.start('events', '--kind', 'process', '--json')
  const watch = place.start('ps', '--watch', '--columns', 'process,status')
  await events.untilSaid(/following what changes/)
  const { processId } = await place.hatchery.client.processesV3.createProcess(
    'Seattle',
    place.appId,
  )
  const lines = await events.until(new RegExp(processId))
  expect(JSON.parse(lines.split('\n')[0] ?? '')).toMatchObject({ event: 'process' })
  await watch.until(new RegExp(`^${processId}\trunning$`, 'm'))
  events.child.kill('SIGINT')
  watch.child.kill('SIGINT')
  expect((await events.ended()).code).toBe(130)
  expect((await watch.ended()).code).toBe(130)
})
