import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProcessSpec, Usage } from '../../src/domain/driver.ts'
import { tableOf } from '../../src/drivers/local/launcher/nftables.ts'
import type { SpecWish } from './support/a-spec.ts'
import { type LocalPlace, aLocalPlace } from './support/local-place.ts'
import { until } from './support/until.ts'

describe('what local processes use', () => {
  let place: LocalPlace
  let countsTraffic = false
  beforeAll(async () => {
    place = await aLocalPlace({ installationId: 'installation-usage' })
    countsTraffic = (await place.driver().capabilities()).packetFilter
  })
  afterAll(() => place.close())

  const bound = async (wish: Partial<SpecWish>): Promise<ProcessSpec> => {
    const spec = await place.start({ ...wish, installationId: 'installation-usage' })
    await until('bound', async () => {
      const now = await place.driver().observe(spec.processId)
      return now.state === 'running' && now.boundAt !== null
    })
    return spec
  }
  const usageOf = async (spec: ProcessSpec): Promise<Usage | undefined> =>
    (await place.driver().usage.usage([spec.processId]))[0]

  test('CPU time and memory of a busy process are counted', async () => {
    const spec = await bound({ env: { GAME_DOES: 'burn' } })
    const usage = await until('a second of CPU time', async () => {
      const now = await usageOf(spec)
      return now !== undefined && now.cpuSeconds > 1 && now
    })
    expect(usage.cpuSeconds).toBeLessThan(10)
    expect(usage.memoryBytes).toBeGreaterThan(20_000_000)
    expect(usage.memoryBytes).toBeLessThan(512_000_000)
  })

  test('CPU time of children counts, and never shrinks', async () => {
    const spec = await bound({
      command:
        '"$HATCHERY_NODE" -e "while (process.cpuUsage().user < 500000) for (let i = 0; i < 1e7; i++);"; exec "$HATCHERY_NODE" game.mjs',
    })
    const first = await until('sampled', () => usageOf(spec))
    expect(first.cpuSeconds).toBeGreaterThan(0.4)
    const second = await until('sampled', () => usageOf(spec))
    expect(second.cpuSeconds).toBeGreaterThanOrEqual(first.cpuSeconds)
  })

  test('a process that is gone is left out', async () => {
    const spec = await bound({})
    expect(await usageOf(spec)).toMatchObject({ processId: spec.processId })
    await place.driver().signal(spec.processId, 'kill')
    await until('left out', async () => (await usageOf(spec)) === undefined)
  })

  test('TCP connections are counted as they come and go', async () => {
    const spec = await bound({ transport: 'tcp', env: { GAME_TRANSPORT: 'tcp' } })
    expect(place.driver().usage.activityMeasure(spec.processId)).toBe('sockets')
    const countOf = async () => (await usageOf(spec))?.activity
    expect(await until('sampled', countOf)).toEqual({ kind: 'known', count: 0 })
    const players = [1, 2, 3].map(() => connect(spec.ports[0]?.port ?? 0, '127.0.0.1'))
    await until('three players', async () => {
      const activity = await countOf()
      return activity?.kind === 'known' && activity.count === 3
    })
    for (const player of players) player.destroy()
    await until('no players', async () => {
      const activity = await countOf()
      return activity?.kind === 'known' && activity.count === 0
    })
  })

  test('without the packet filter UDP players and bytes are unknown', async (context) => {
    if (countsTraffic) return context.skip('this machine counts them')
    const spec = await bound({ transport: 'udp' })
    expect(await until('sampled', () => usageOf(spec))).toMatchObject({
      activity: { kind: 'unknown' },
      egressBytes: null,
    })
    expect(place.driver().usage.activityMeasure(spec.processId)).toBe('none')
  })

  test('UDP players and bytes are counted by the packet filter', async (context) => {
    if (!countsTraffic) return context.skip('needs root and nftables')
    const spec = await bound({ transport: 'udp' })
    const countIs = (count: number) => async () => {
      const now = await usageOf(spec)
      return now?.activity.kind === 'known' && now.activity.count === count && now
    }
    expect(await until('no players', countIs(0))).toMatchObject({ egressBytes: 0 })
    expect(place.driver().usage.activityMeasure(spec.processId)).toBe('nftables')
    const players = [1, 2].map(() => createSocket('udp4'))
    for (const player of players) player.send('hello', spec.ports[0]?.port ?? 0, '127.0.0.1')
    await until('two players', countIs(2))
    await until('they were answered', async () => ((await usageOf(spec))?.egressBytes ?? 0) > 0)
    for (const player of players) player.close()
  })

  test('players are unknown, not none, after somebody flushed the packet filter', async (context) => {
    if (!countsTraffic) return context.skip('needs root and nftables')
    const spec = await bound({ transport: 'udp' })
    const activity = async () => (await usageOf(spec))?.activity.kind
    await until('it is known', async () => (await activity()) === 'known')
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const table = tableOf('installation-usage').split(' ')
    spawn('nft', ['delete', 'table', ...table], { stdio: 'ignore' }).once('exit', resolve)
    expect(await promise).toBe(0)
    await until('it is unknown', async () => (await activity()) === 'unknown')
    await until('it is counted again', async () => (await activity()) === 'known')
  })

  test('limits say whether requests are enforced', async () => {
    const { limits } = await place.driver().capabilities()
    expect(place.driver().usage.limits).toBe(limits)
  })
})
