/** Command lines of the official command line, with nothing but the program's name replaced. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asBefore } from '../src/as-before.ts'
import type { Command } from '../src/command.ts'
import { findCommand } from '../src/find-command.ts'
import { parse } from '../src/parse.ts'
import type { Environment } from '../src/settings.ts'
import { table } from '../src/table.ts'
import { jsonOf, onlineWithApp } from './support/online.ts'
import { run } from './support/program.ts'

/** What the program makes of a command line. */
function flagsOf(line: string, env: Environment = {}): Readonly<Record<string, unknown>> {
  const { command, rest } = findCommand(table, line.split(' '))
  // Settings commands are none of the official ones.
  return parse(command as Command, asBefore(command, rest), env).input.flags
}

describe('the official command line', () => {
  test.each([
    ['build create -bt v1 -hup -f game.tgz', { tag: 'v1', 'hide-upload-progress': true }],
    ['build create -bt=v1 -b bld-1', { tag: 'v1', 'build-id': 'bld-1' }],
    ['create-build --hide-upload-progress=false', { 'hide-upload-progress': false }],
    ['build info -b bld-1 -t secret -o json', { 'build-id': 'bld-1', token: 'secret' }],
    ['-a app-1 -t secret build list', { app: 'app-1', token: 'secret' }],
    ['build create-with-registry -i game:1 -r example.com', { image: 'game:1' }],
    ['deployment info -d dep-1 -a app-1 -v', { 'deployment-id': 'dep-1', verbose: true }],
    ['deploy --idle-timeout-enabled', { 'idle-timeout': 'true' }],
    ['deploy --idle-timeout-enabled=false --from-latest', { 'idle-timeout': 'false' }],
    [
      'deploy --container-port 7777 --transport-type udp --additional-container-ports q:1/udp',
      { 'container-port': 7777, 'transport-type': 'udp', 'also-port': ['q:1/udp'] },
    ],
    ['log -p 3f9c21d8 --follow=true --tail-lines 5', { 'process-id': '3f9c21d8', tail: 5 }],
  ])('takes %s', (line, flags) => {
    expect(flagsOf(line)).toMatchObject(flags)
  })

  test('leaves letters that a command has for something else, and what a game is started with', () => {
    expect(flagsOf('ps -a')).toMatchObject({ all: true, app: undefined })
    const { command } = findCommand(table, ['run', './game'])
    const words = ['./game', '--', '-t', '-bt', '--follow=true']
    expect(asBefore(command, words)).toEqual(words)
  })

  test('reads its variables where no flag is given, and names one that is wrong', () => {
    const env = {
      ...{ HATHORA_BUILD_TAG: 'v7', HATHORA_BUILD_HIDE_UPLOAD_PROGRESS: 'true' },
      ...{ HATHORA_DEPLOYMENT_ENV: 'MODE=a,b,MAP=one', HATHORA_DEPLOYMENT_ROOMS_PER_PROCESS: '3' },
    }
    expect(flagsOf('deploy --rooms 5', env)).toMatchObject({
      ...{ tag: 'v7', 'hide-upload-progress': true, rooms: 5, env: ['MODE=a,b', 'MAP=one'] },
    })
    expect(() => flagsOf('deploy', { HATHORA_DEPLOYMENT_REQUESTED_CPU: 'much' })).toThrow(
      'HATHORA_DEPLOYMENT_REQUESTED_CPU must be a number; got "much"',
    )
    expect(() => flagsOf('log', { HATHORA_LOG_FOLLOW: 'often' })).toThrow(
      'HATHORA_LOG_FOLLOW must be one of true, false, 1, 0; got "often"',
    )
  })
})

test('a pipeline builds, deploys, looks and deletes with the official flags and variables', async () => {
  const place = await onlineWithApp()
  const folder = join(place.cwd, 'game')
  mkdirSync(folder)
  writeFileSync(join(folder, 'server'), '#!/bin/sh\n', { mode: 0o755 })
  writeFileSync(join(folder, 'Procfile'), 'server: ./server\n')
  const official = {
    ...{ HATHORA_CLOUD_ENDPOINT: place.hatchery.url, HATHORA_TOKEN: place.hatchery.token },
    ...{ HATHORA_APP_ID: place.appId, HATHORA_BUILD_TAG: 'nightly' },
  }
  const hathora = (line: string, env = {}) =>
    run({ cwd: place.cwd }, line.split(' '), { ...official, ...env })

  const created = await hathora('build create -f ./game -b bld-of-ours -hup -o buildIdValue')
  expect({ code: created.code, stdout: created.stdout }).toEqual({
    ...{ code: 0, stdout: 'bld-of-ours\n' },
  })
  expect(jsonOf(await hathora('build info -b bld-of-ours -o json'))).toMatchObject({
    ...{ buildTag: 'nightly', status: 'succeeded' },
  })
  const deployed = await hathora(
    'deployment create -b bld-of-ours --container-port 7777 --transport-type udp ' +
      '--rooms-per-process 2 --requested-cpu 0.5 --requested-memory-mb 1024 ' +
      '--idle-timeout-enabled=false --output json',
  )
  expect(jsonOf(deployed)).toMatchObject({
    ...{ buildId: 'bld-of-ours', roomsPerProcess: 2, idleTimeoutEnabled: false },
    defaultContainerPort: { port: 7777, transportType: 'udp' },
  })
  const { deploymentId } = jsonOf(deployed) as { deploymentId: string }
  const found = await hathora('deployment info -o json', { HATHORA_DEPLOYMENT_ID: deploymentId })
  expect(jsonOf(found)).toMatchObject({ deploymentId })
  const second = await hathora('build create -f ./game -b bld-unused -bt old -o buildIdValue')
  expect(second).toMatchObject({ code: 0, stdout: 'bld-unused\n' })
  expect((await hathora('build delete bld-unused')).code).toBe(2)
  expect((await hathora('build delete -b bld-unused')).code).toBe(0)
  expect((await hathora('build info -b bld-unused')).code).toBe(3)
  expect((await hathora('build info')).stderr).toContain('BUILD is missing')
})

test('the file of the official command line says what no flag and no variable says', async () => {
  const place = await onlineWithApp()
  const builds = jsonOf(await place.run('build', 'list', '--json')) as { buildId: string }[]
  const buildId = builds[0]?.buildId ?? ''
  writeFileSync(
    join(place.cwd, 'hathora.yml'),
    `global:
  cloud-endpoint: ${place.hatchery.url}
  token: ${place.hatchery.token}
app:
  id: ${place.appId}
deployment:
  rooms-per-process: 7
  requested-cpu: 1
  requested-memory-mb: 2048
  container-port: 7000
  transport-type: udp
  idle-timeout-enabled: false
  env:
    MODE: duel
    MAP: arena
`,
  )
  const line = ['-c', 'hathora.yml', 'deployment', 'create', '-b', buildId, '-o', 'json']
  const made = await run({ cwd: place.cwd }, [...line, '--requested-cpu', '0.5'], {
    HATHORA_DEPLOYMENT_REQUESTED_MEMORY_MB: '1024',
  })
  expect(made.stderr).toBe('')
  expect(jsonOf(made)).toMatchObject({
    ...{ roomsPerProcess: 7, requestedCPU: 0.5, requestedMemoryMB: 1024 },
    ...{ idleTimeoutEnabled: false, defaultContainerPort: { port: 7000, transportType: 'udp' } },
    env: expect.arrayContaining([
      { name: 'MODE', value: 'duel' },
      { name: 'MAP', value: 'arena' },
    ]) as unknown,
  })
  writeFileSync(join(place.cwd, 'hathora.yml'), 'deployment:\n  requested-cpu: many\n')
  const wrong = await run({ cwd: place.cwd }, line, {})
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toContain('HATHORA_DEPLOYMENT_REQUESTED_CPU must be a number')
  const missing = await run({ cwd: place.cwd }, ['--config', 'none.yml', 'ps'], {})
  expect(missing.code).toBe(2)
  expect(missing.stderr).toContain('none.yml cannot be read')
  const ofTheGame = ['run', './nothing', '--', '--config', 'none.yml']
  expect((await place.run(...ofTheGame)).stderr).not.toContain('none.yml')
})

test('the password of a registry is read from a file and never shown', async () => {
  const place = await onlineWithApp()
  writeFileSync(join(place.cwd, 'none'), 'nothing\n')
  const line = ['build', 'create-with-registry', 'studio/game:1', '--auth-file', 'none']
  const refused = await place.run(...line)
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('none must have USER:PASSWORD in one line')
  expect(refused.stderr).not.toContain('nothing')
  expect(jsonOf(await place.run('build', 'list', '--json'))).toHaveLength(1)
})
