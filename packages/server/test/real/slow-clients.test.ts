/** Clients that send nothing, send slowly or never read cost the others nothing: not their answers, not their lines. */
import { readFileSync } from 'node:fs'
import { type Socket, connect } from 'node:net'
import { totalmem } from 'node:os'
import { Hatchery } from '@hatchery/client'
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { aFolder } from '../support/start-hatchery.ts'
import { burstLines, obedient, order } from './odd-servers.ts'
import { deployed, killRunsIn, ownPorts, portOf, running, stopped } from './playground.ts'
import { type RecordedProgram, serveRecorded } from './recorded-program.ts'

const halfOpen = 200
const slowLoris = 200
/** All that follow logs: 1,000, one of whom reads. */
const stalled = 999
const mostFiles = 2 * (halfOpen + slowLoris + stalled) + 500

/** Less than the megabyte that a reader may be behind. */
const linesOfBurst = 4_000
const bursts = 20
const mostGrowthMb = 400
const mostKernelBytes = 6e9
/** Connections that are opened at a time. */
const atOnce = 50

/** Open files that a program here may have. */
const openFilesLimit = (): number =>
  Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 0)

interface Place {
  readonly server: RecordedProgram
  readonly token: string
  readonly client: Hatchery
  readonly appId: string
  readonly processId: string
  readonly gamePort: number
  readonly stop: () => Promise<unknown>
}

async function aPlace(): Promise<Place> {
  const data = aFolder()
  onTestFinished(() => killRunsIn(data))
  const server = await serveRecorded(data, ['--limits-grace-seconds=1', ...ownPorts()])
  const token = readFileSync(`${data}/token`, 'utf8').trim()
  const client = new Hatchery({ serverURL: server.url, hathoraDevToken: token })
  const { appId } = await client.appsV2.createApp({ appName: 'arena', authConfiguration: {} })
  const cloud = new HathoraCloud({ serverURL: server.url, hathoraDevToken: token, appId })
  await deployed({ cloud }, obedient)
  const game = await running({ cloud })
  const { processId } = game
  const stop = () => stopped({ cloud }, processId)
  return { server, token, client, appId, processId, gamePort: portOf(game), stop }
}

/** A connection that sends `text`; it ends with the test. */
function opened({ server }: Pick<Place, 'server'>, text: string): Socket {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  if (text !== '') socket.write(text)
  onTestFinished(() => void socket.destroy())
  return socket
}

const followPath = ({ appId, processId }: Place): string =>
  `/logs/v1/${appId}/process/${processId}?follow=true`

/** Resolves once the server has taken it as a follower: it reads the head of the answer and nothing after it. */
async function stalledFollower(place: Place): Promise<Socket> {
  const head = [
    `GET ${followPath(place)} HTTP/1.1`,
    'Host: localhost',
    `Authorization: ${place.token}`,
  ]
  const socket = opened(place, `${head.join('\r\n')}\r\n\r\n`)
  const first = await new Promise<Buffer>((resolve) => socket.once('data', resolve))
  socket.pause()
  if (!first.toString().startsWith('HTTP/1.1 200')) throw new Error(first.toString())
  return socket
}

const follow = (place: Place): Promise<Response> =>
  fetch(`${place.server.url}${followPath(place)}`, { headers: { authorization: place.token } })

/** A header that never ends, a little of it at a time. */
function dripping(sockets: readonly Socket[]): void {
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('a')
  }, 200)
  onTestFinished(() => clearInterval(timer))
}

const residentMb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024

/** Everything that a follower gets, line by line, as it comes. */
function linesOf(answer: Response): { lines: readonly string[]; over: Promise<void> } {
  const lines: string[] = []
  async function read(): Promise<void> {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const bytes of answer.body ?? []) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
    }
    expect(rest).toBe('')
  }
  return { lines, over: read() }
}

/** Each burst is less than what a reader may be behind: the next one waits until it has arrived. */
async function talkMuch({ gamePort, client, server }: Place, lines: readonly string[]) {
  const memoryMb: number[] = []
  for (let burst = 1; burst <= bursts; burst += 1) {
    await order(gamePort, `burst ${linesOfBurst}`)
    await eventually(`burst ${burst} has arrived`, () => lines.length >= burst * linesOfBurst)
    expect((await client.appsV2.getApps()).applications).toHaveLength(1)
    memoryMb.push(residentMb(server.pid))
  }
  return Math.max(...memoryMb)
}

test(
  'clients that are slow, silent or never read cost the others nothing',
  { timeout: 240_000 },
  async ({ skip }) => {
    if (openFilesLimit() < mostFiles) skip(`needs ${mostFiles} open files: ulimit -n ${mostFiles}`)
    if (totalmem() < mostKernelBytes) skip('the kernel keeps up to 3 GB for those who never read')
    const place = await aPlace()
    for (let n = 0; n < halfOpen; n += 1) opened(place, '')
    const begun = 'GET /health HTTP/1.1\r\nHost: localhost\r\nX: '
    dripping(Array.from({ length: slowLoris }, () => opened(place, begun)))
    const reader = linesOf(await follow(place))
    for (let left = stalled; left > 0; left -= atOnce)
      await Promise.all(
        Array.from({ length: Math.min(atOnce, left) }, () => stalledFollower(place)),
      )

    const refused = await follow(place)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await refused.text()).toContain('1000 readers follow logs')

    const before = residentMb(place.server.pid)
    const most = await talkMuch(place, reader.lines)
    const lines = burstLines(linesOfBurst)
    expect(reader.lines).toEqual(Array.from({ length: bursts }, () => lines).flat())
    expect(most - before).toBeLessThan(mostGrowthMb)
    await eventually('those who never read have lost their places', async () => {
      const answer = await follow(place)
      await answer.body?.cancel()
      return answer.status === 200
    })
    await place.stop()
    await reader.over
  },
)
