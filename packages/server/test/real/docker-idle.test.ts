/** Containers that nobody plays on are stopped, through the official client; what they use is what they did. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Usage } from '../../src/domain/driver.ts'
import { createContainerUsage } from '../../src/drivers/docker/usage.ts'
import { containerName } from '../../src/drivers/docker/container-spec.ts'
import { type Inspected, instantOf } from '../../src/drivers/docker/observe.ts'
import { until } from '../drivers/support/until.ts'
import { aDockerPlace } from '../support/docker/docker-place.ts'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { gameImage } from '../support/docker/game-image.ts'
import { sharedEngine } from '../support/docker/shared-engine.ts'
import { deployed, ended, openPlayground, portOf, running, viewOf } from './playground.ts'

const hindrance = engineHindrance()
const game = { Dockerfile: `FROM ${gameImage}\n` }

describe.skipIf(hindrance !== undefined)(`containers in use ${hindrance ?? ''}`, () => {
  const open = async () => {
    const { url, client } = await sharedEngine()
    client.close()
    const docker = ['--docker', `--containers-engine=${url}`]
    return await openPlayground(...docker, '--limits-idle-seconds=3')
  }

  test('over UDP are stopped when nothing comes in, and not before', async () => {
    const place = await open()
    await deployed(place, game, { idleTimeoutEnabled: true })
    const [played, quiet] = await Promise.all([running(place), running(place)])
    const stopPlaying = playUdp(portOf(played))
    const end = await ended(place, quiet.processId)
    expect(end).toMatchObject({ status: 'stopped', summaryExitReason: 'stopped after 0 min idle' })
    const status = async () => (await place.cloud.processesV3.getProcess(played.processId)).status
    expect(await status()).toBe('running')
    expect(await viewOf(place, played.processId)).toMatchObject({ activityMeasure: 'sockets' })
    stopPlaying()
    expect(await ended(place, played.processId)).toMatchObject({ status: 'stopped' })
  })

  test('over TCP are stopped when the last player has left', async () => {
    const place = await open()
    const env = [{ name: 'GAME_TRANSPORT', value: 'tcp' }]
    await deployed(place, game, { idleTimeoutEnabled: true, transportType: 'tcp', env })
    const played = await running(place)
    const player = connect(portOf(played), '127.0.0.1')
    await once(player, 'connect')
    onTestFinished(() => void player.destroy())
    const quiet = await running(place)
    expect(await ended(place, quiet.processId)).toMatchObject({ status: 'stopped' })
    const { processId } = played
    expect(await place.cloud.processesV3.getProcess(processId)).toMatchObject({ status: 'running' })
    const { activeConnections } = await place.cloud.processesV3.getProcessMetrics({
      ...{ processId, metrics: ['activeConnections'] },
    })
    expect(activeConnections?.at(-1)?.value).toBe(1)
    player.destroy()
    expect(await ended(place, processId)).toMatchObject({ status: 'stopped' })
  })

  test('use the CPU time, memory and network that they used', async () => {
    const place = await aDockerPlace('bridge')
    onTestFinished(place.close)
    const spec = await place.spec({ env: { GAME_DOES: 'burn' }, memoryMb: 128 })
    const { processId, ports } = spec
    await place.driver().start(spec, new AbortController().signal)
    await until('it is bound', async () => {
      const seen = await place.driver().observe(processId)
      return seen.state === 'running' && seen.boundAt !== null
    })
    const usage = createContainerUsage({
      ...{ engine: place.engine.client, network: 'bridge' },
      async find() {
        const path = `/containers/${containerName(processId)}/json`
        const { Id, State } = await place.engine.client.call<Inspected>({ method: 'GET', path })
        const bootedAt = instantOf(State.StartedAt) ?? 0
        return { containerId: Id, pid: State.Pid, spec, bootedAt }
      },
    })
    onTestFinished(usage.close)
    const now = async (): Promise<Usage | undefined> => (await usage.usage([processId]))[0]
    const burnt = await until('it is measured', now)
    const itself = await until('it says what it burnt', () => {
      const [, seconds] = /^burnt (\S+)$/m.exec(place.logOf(spec)) ?? []
      return seconds !== undefined && Number(seconds)
    })
    expect(burnt.cpuSeconds).toBeGreaterThan(itself - 0.02)
    expect(burnt.cpuSeconds).toBeLessThan(itself + 2)
    expect(burnt.memoryBytes).toBeGreaterThan(1_000_000)
    expect(burnt.memoryBytes).toBeLessThan(60_000_000)
    const heard = await echoes(ports[0]?.port ?? 0, { count: 200, bytes: 1_000 })
    const after = await now()
    const sent = Number(after?.egressBytes) - Number(burnt.egressBytes)
    // With the heads of IP and Ethernet, and the few words of a network.
    expect(sent).toBeGreaterThanOrEqual(heard * 1_000)
    expect(sent).toBeLessThan(heard * 1_000 * 1.1 + 10_000)
    expect(after?.activity).toEqual({ kind: 'unknown' })
  })
})

/** Sends and hears until it is stopped. */
function playUdp(port: number): () => void {
  const socket = createSocket('udp4')
  const timer = setInterval(() => socket.send('hello', port, '127.0.0.1'), 100)
  onTestFinished(() => {
    clearInterval(timer)
    socket.close()
  })
  return () => clearInterval(timer)
}

/** One after another, each sent until its echo is heard. Answers how many were heard in all. */
async function echoes(port: number, { count, bytes }: { count: number; bytes: number }) {
  const socket = createSocket('udp4')
  let heard = 0
  socket.on('message', () => (heard += 1))
  for (let n = 1; n <= count; n += 1) {
    socket.send(Buffer.alloc(bytes), port, '127.0.0.1')
    await until(`echo ${n}`, () => heard >= n)
  }
  socket.close()
  return heard
}
