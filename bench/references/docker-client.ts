/**
 * The floor of containers: a bare client of the engine, the same container as the product's, and nothing else: no API
 * of our own, no record, no log. It waits for a listening port as cheaply as can be: a connection that is greeted on the
 * host's network, the kernel's table of the container's own network elsewhere.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type NetworkMode,
  containerBody,
  labels,
} from '../../packages/server/src/drivers/docker/container-spec.ts'
import { specOf } from '../lib/game-spec.ts'
import { createPorts } from './game-ports.ts'

export interface Floored {
  readonly id: string
  /** From the first call until the game listened. */
  readonly startMs: number
}

export interface DockerFloor {
  start(network: NetworkMode): Promise<Floored>
  /** Asks it to end: the ms until the engine told that it had. */
  stop(id: string): Promise<number>
  remove(id: string): Promise<void>
  pause(id: string): Promise<void>
  unpause(id: string): Promise<void>
  /** One measurement, without the second that the engine waits between two. */
  stats(id: string): Promise<void>
  close(): void
}

/** `image`: its id without `sha256:`. */
export function openDockerFloor(url: string, image: string): DockerFloor {
  const socketPath = url.slice('unix://'.length)
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const nextPort = createPorts()
  const ends = new Map<string, () => void>()

  async function open(method: string, path: string, body?: unknown): Promise<IncomingMessage> {
    const text = body === undefined ? '' : JSON.stringify(body)
    const headers = { host: 'docker', 'content-type': 'application/json' }
    const asked = request({ socketPath, agent, method, path: `/v1.41${path}`, headers })
    const answered = new Promise<IncomingMessage>((resolve, reject) =>
      asked.once('response', resolve).once('error', reject),
    )
    asked.end(text)
    return await answered
  }

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await open(method, path, body)
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    if ((answer.statusCode ?? 0) >= 400) throw new Error(`${method} ${path}: ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }

  async function pidOf(id: string): Promise<number> {
    const { State } = await call<{ State: { Pid: number } }>('GET', `/containers/${id}/json`)
    return State.Pid
  }

  const filters = { type: ['container'], event: ['die'], label: [`${labels.installation}=bench`] }
  const listening = open('GET', `/events?filters=${encodeURIComponent(JSON.stringify(filters))}`)
  void listening.then((events) => {
    events.setEncoding('utf8').on('data', (text: string) => {
      for (const [, id = ''] of text.matchAll(/"ID":"([0-9a-f]{64})"/g)) ends.get(id)?.()
    })
  })

  return {
    async start(network) {
      await listening
      const port = nextPort()
      const spec = {
        ...specOf(randomUUID(), port),
        artifact: { kind: 'image', contentHash: image, engine: url } as const,
      }
      const began = performance.now()
      const body = containerBody(spec, { network, readOnlyRoot: false })
      const { Id } = await call<{ Id: string }>('POST', '/containers/create', body)
      await call('POST', `/containers/${Id}/start`)
      if (network === 'host') await greeted(port)
      else await listens(await pidOf(Id), port)
      return { id: Id, startMs: performance.now() - began }
    },
    async stop(id) {
      const ended = new Promise<void>((resolve) => ends.set(id, resolve))
      const began = performance.now()
      await call('POST', `/containers/${id}/kill?signal=SIGTERM`)
      await ended
      ends.delete(id)
      return performance.now() - began
    },
    remove: (id) => call('DELETE', `/containers/${id}?force=1&v=1`),
    pause: (id) => call('POST', `/containers/${id}/pause`),
    unpause: (id) => call('POST', `/containers/${id}/unpause`),
    stats: (id) => call('GET', `/containers/${id}/stats?stream=0&one-shot=1`),
    close: () => {
      void listening.then((events) => events.destroy())
      agent.destroy()
    },
  }
}

async function greeted(port: number): Promise<void> {
  while (!(await greetsOnce(port))) await sleep(1)
}

const greetsOnce = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      resolve(true)
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })

/** State 0A is a socket that listens. */
async function listens(pid: number, port: number): Promise<void> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const line = new RegExp(`:${hex} \\d+:0000 0A `)
  while (!line.test(readFileSync(`/proc/${pid}/net/tcp`, 'latin1'))) await sleep(1)
}
