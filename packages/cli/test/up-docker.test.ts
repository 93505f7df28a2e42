/** `hatchery up --docker` on a real engine, and what it says where there is none. */
import { createSocket } from 'node:dgram'
import { describe, expect, onTestFinished, test } from 'vitest'
import { engineHindrance } from '../../server/test/support/docker/engine-process.ts'
import { sharedEngine } from '../../server/test/support/docker/shared-engine.ts'
import { aPlace, run, start } from './support/program.ts'

test('without an engine it says why, what to type, and starts nothing', async () => {
  const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }
  const { code, stdout, stderr } = await run(aPlace(), ['up', '--docker', '--port=0'], env)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^error: .*Docker.*\/nowhere\/docker\.sock.*\ntry: {3}.*docker.*\n$/)
})

const hindrance = engineHindrance()

describe.skipIf(hindrance !== undefined)(`with an engine ${hindrance ?? ''}`, () => {
  const withoutRegistry =
    'it finds it as the client does, and the sample game runs in a container without a registry'
  test(withoutRegistry, { timeout: 120_000 }, async () => {
    const { url, client } = await sharedEngine()
    const place = aPlace()
    const env = { DOCKER_HOST: url }
    const up = start(place, ['up', '--docker', '--port=0'], env)
    const output = await up.until(/the official SDK\n/)
    const [, port] = /^ {2}Game {6}127\.0\.0\.1:(\d+) udp {3}running, /m.exec(output) ?? []
    expect(await greeting(Number(port))).toMatch(/^hello .*, you said: ping$/)
    const found = await client.call<{ Labels: Record<string, string> }[]>({
      ...{ method: 'GET', path: '/containers/json' },
    })
    const specs = found.map(({ Labels }) => Labels['dev.hatchery.spec'] ?? '')
    expect(specs.some((spec) => spec.includes(`"port":${port}`))).toBe(true)

    up.child.kill('SIGINT')
    expect((await up.ended()).stdout).toMatch(
      /1 game goes on at .*; npx hatchery up --docker finds it again, npx hatchery down --games --docker ends it\./,
    )
    const down = await run(place, ['down', '--games', '--docker'], env)
    expect(down.stdout).toBe('No server ran on this data folder; 1 game was stopped.\n')
    client.close()
  })
})

/** What the sample game answers; asked until it does, for datagrams may be lost. */
function greeting(port: number): Promise<string> {
  const socket = createSocket('udp4')
  const ask = setInterval(() => socket.send('ping', port, '127.0.0.1'), 50)
  onTestFinished(() => {
    clearInterval(ask)
    socket.close()
  })
  return new Promise((resolve) => socket.once('message', (message) => resolve(message.toString())))
}
