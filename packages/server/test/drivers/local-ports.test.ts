import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProcessSpec } from '../../src/domain/driver.ts'
import { freePort } from './support/free-port.ts'
import { type LocalPlace, aLocalPlace } from './support/local-place.ts'
import { until } from './support/until.ts'

describe('ports of local processes', () => {
  let place: LocalPlace
  beforeAll(async () => {
    place = await aLocalPlace()
  })
  afterAll(() => place.close())

  const bound = (spec: ProcessSpec): Promise<number> =>
    until('bound', async () => {
      const now = await place.driver().observe(spec.processId)
      return now.state === 'running' && (now.boundAt ?? undefined)
    })

  test.for([
    { transport: 'tcp', host: '127.0.0.1' },
    { transport: 'tcp', host: '::1' },
    { transport: 'tcp', host: '::' },
    { transport: 'udp', host: '127.0.0.1' },
    { transport: 'udp', host: '::1' },
    { transport: 'udp', host: '::' },
  ] as const)('a $transport port bound at $host alone is seen', async ({ transport, host }) => {
    const spec = await place.start({
      transport,
      env: { GAME_TRANSPORT: transport, GAME_HOST: host },
    })
    expect(await bound(spec)).toBeGreaterThan(spec.createdAt - 1)
  })

  test('a port of the other transport is not the wanted one', async () => {
    const spec = await place.start({ transport: 'tcp', env: { GAME_TRANSPORT: 'udp' } })
    // Seen by the driver: a test that tried the port itself could take it just then.
    const seen = await until('its UDP port is bound', async () => {
      const now = await place.driver().observe(spec.processId)
      return now.state === 'running' && now.boundInstead !== null && now
    })
    const port = spec.ports[0]?.port
    expect(seen).toMatchObject({ boundAt: null, boundInstead: `${port}/udp` })
  })

  test('a port bound by a child counts as bound', async () => {
    const spec = await place.start({ command: '"$HATCHERY_NODE" game.mjs; true' })
    expect(await bound(spec)).toBeGreaterThan(0)
  })

  test('another port bound instead is said in the log', async () => {
    const other = await freePort()
    const spec = await place.start({ env: { GAME_PORT: String(other) } })
    const line = `bound ${other}/udp instead of ${spec.ports[0]?.port}/udp: read PORT`
    await until('the line', () => place.logOf(spec).includes(line))
    expect(await place.driver().observe(spec.processId)).toMatchObject({
      boundInstead: `${other}/udp`,
    })
  })

  describe('a port that another program holds', () => {
    test('refuses the start for a passing reason that names the port, and leaves nothing', async () => {
      const held = createServer().listen(0, '127.0.0.1')
      await until('listening', () => held.listening)
      const { port } = held.address() as { port: number }
      const spec = await place.spec({ port, transport: 'tcp', env: { GAME_TRANSPORT: 'tcp' } })
      const start = (given: ProcessSpec) =>
        place.driver().start(given, new AbortController().signal)
      await expect(start(spec)).rejects.toMatchObject({
        message: `port ${port}/tcp is taken by another program`,
        temporary: true,
        portTaken: true,
      })
      expect(await place.driver().observe(spec.processId)).toMatchObject({ state: 'absent' })
      held.close()

      const again = await place.spec({
        processId: spec.processId,
        transport: 'tcp',
        env: { GAME_TRANSPORT: 'tcp' },
      })
      await start(again)
      expect(await bound(again)).toBeGreaterThan(0)
    })

    test('is noticed for UDP too', async () => {
      const held = createSocket('udp4')
      await new Promise<void>((resolve) => held.bind(0, resolve))
      const spec = await place.spec({ port: held.address().port })
      await expect(place.driver().start(spec, new AbortController().signal)).rejects.toMatchObject({
        portTaken: true,
      })
      held.close()
    })
  })
})
