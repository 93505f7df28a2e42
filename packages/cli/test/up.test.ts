import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { expect, onTestFinished, test } from 'vitest'
import { aPlace, run, start } from './support/program.ts'

const whole = /the official SDK\n/

test(
  'up prints where everything is, and each line of it is true',
  { timeout: 120_000 },
  async () => {
    const place = aPlace()
    const up = start(place, ['up', '--port=0'])
    const output = await up.until(whole)
    const { api, appId, game } = facts(output)

    expect(output.split('\n').length).toBeLessThanOrEqual(22)
    expect(output).toMatch(/^ {2}Hatchery \d+\.\d+\.\d+ {3}ready in \d+\.\d s$/m)
    expect(output).toMatch(/^ {2}Token {5}\.\/\.hatchery\/token /m)
    expect(output).toMatch(/^ {2}Data {6}\.\/\.hatchery {3}kept until you delete it$/m)
    expect(output).toMatch(/running, connectable after \d+ ms$/m)
    const token = readFileSync(join(place.data, 'token'), 'utf8').trim()
    expect(output).not.toContain(token)
    expect(statSync(join(place.data, 'token')).mode & 0o777).toBe(0o600)

    const official = new HathoraCloud({ serverURL: api, appId, hathoraDevToken: token })
    const [process] = await official.processesV3.getLatestProcesses()
    expect(process?.status).toBe('running')
    expect(await greeting(game.port)).toMatch(/^hello 127\.0\.0\.1:\d+, you said: ping$/)
  },
)

test(
  'Ctrl-C ends the server and not the game, and up again finds the game with the same ids',
  { timeout: 120_000 },
  async () => {
    const place = aPlace()
    const first = start(place, ['up', '--port=0'])
    const before = facts(await first.until(whole))
    first.child.kill('SIGINT')
    const ended = await first.ended()
    expect(ended.code).toBe(0)
    expect(ended.stdout).toContain(`1 game goes on at 127.0.0.1:${before.game.port} udp`)
    expect(await greeting(before.game.port)).toContain('hello')

    const second = start(place, ['up', '--port=0'])
    const output = await second.until(whole)
    const after = facts(output)
    expect(output).toMatch(/running for \d+ s, adopted$/m)
    expect({ appId: after.appId, game: after.game }).toEqual({
      appId: before.appId,
      game: before.game,
    })
  },
)

test('up beside a running server shows that server and ends', { timeout: 120_000 }, async () => {
  const place = aPlace()
  const first = start(place, ['up', '--port=0'])
  const before = facts(await first.until(whole))
  const { code, stdout } = await run(place, ['up', '--port=0'])
  expect(code).toBe(0)
  expect(stdout).toContain(`already running, pid ${first.child.pid}`)
  expect(facts(stdout)).toEqual(before)
})

test(
  'a port that is taken is passed over by up and named by serve',
  { timeout: 120_000 },
  async () => {
    const place = aPlace()
    const { port, owner } = await aTakenPort()
    const up = start(place, ['up', `--port=${port}`])
    const output = await up.until(whole)
    expect(output).toContain(`port ${port} is used by ${owner}`)
    expect(facts(output).api).not.toContain(`:${port}`)

    const other = aPlace()
    const { code, stderr } = await run(other, ['serve', `--port=${port}`])
    expect(code).toBe(1)
    expect(stderr).toBe(
      `error: port ${port} is used by ${owner}\ntry:   hatchery serve --port ${port + 1}\n`,
    )
  },
)

test('down ends the server, and with --games its games', { timeout: 120_000 }, async () => {
  const place = aPlace()
  const up = start(place, ['up', '--port=0'])
  const { game } = facts(await up.until(whole))
  expect((await run(place, ['down'])).stdout).toBe('Server stopped; its games go on.\n')
  await up.ended()
  expect(await greeting(game.port)).toContain('hello')
  expect((await run(place, ['down', '--games'])).stdout).toBe(
    'No server ran on this data folder; 1 game was stopped.\n',
  )
  expect((await run(place, ['down'])).stdout).toBe('No server runs on this data folder.\n')
})

test(
  'down --games beside up ends both, and up says that no game goes on',
  { timeout: 120_000 },
  async () => {
    const place = aPlace()
    const up = start(place, ['up', '--port=0'])
    await up.until(whole)
    const { stdout } = await run(place, ['down', '--games'])
    expect(stdout).toBe('Server stopped, and 1 game was stopped before it.\n')
    expect((await up.ended()).stdout).toContain('Server stopped. No game goes on.')
  },
)

interface Facts {
  readonly api: string
  readonly appId: string
  readonly game: { readonly port: number }
}

function facts(output: string): Facts {
  const [, api = ''] = /^ {2}API {7}(\S+)$/m.exec(output) ?? []
  const [, appId = ''] = /^ {2}App {7}sample-game {2}(app-\S+)$/m.exec(output) ?? []
  const [, port = ''] = /^ {2}Game {6}127\.0\.0\.1:(\d+) udp /m.exec(output) ?? []
  return { api, appId, game: { port: Number(port) } }
}

/** What the sample game answers. */
function greeting(port: number): Promise<string> {
  const socket = createSocket('udp4')
  onTestFinished(() => void socket.close())
  return new Promise((resolve) => {
    socket.once('message', (message) => resolve(message.toString()))
    socket.send('ping', port, '127.0.0.1')
  })
}

async function aTakenPort(): Promise<{ port: number; owner: string }> {
  const listen = `const server = require('node:net').createServer()
    server.listen(0, '127.0.0.1', () => console.log(server.address().port))`
  const child = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill())
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  return { port: Number(String(port)), owner: `node (pid ${child.pid})` }
}
