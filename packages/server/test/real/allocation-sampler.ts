/**
 * A program of its own that counts an application's processes every 20 ms, as an observer does: through the API, on its
 * own connection, whatever the server's process is busy with. Counts are one answer each, so no page can be missed.
 *
 * `running` is what the minimum is about: processes that take rooms. `alive` is what the maximum is about: all that have
 * not ended, so also those that start, drain and stop.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Hatchery } from '@hatchery/client'

const everyMs = 20

export interface Sampled {
  readonly samples: number
  readonly fewestRunning: number
  readonly mostAlive: number
  /** Rooms that were seen on more than one process. */
  readonly moved: readonly string[]
}

export interface Sampler {
  /** What was seen since the start, or since this was last asked. */
  take(): Promise<Sampled>
  [Symbol.asyncDispose](): Promise<void>
}

interface Watched {
  readonly url: string
  readonly token: string
  readonly appId: string
}

/** Rejects where the sampler cannot begin. */
export async function startSampler(watched: Watched): Promise<Sampler> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(watched)])
  const answer = async (): Promise<Sampled> => {
    const [sampled] = await Promise.race([once(child, 'message'), died(child)])
    return sampled as Sampled // What `main` sends.
  }
  await answer()
  return {
    async take() {
      child.send('take')
      return await answer()
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

async function died(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`the sampler ended with ${code}`)
}

const nothing = { samples: 0, fewestRunning: Infinity, mostAlive: 0, moved: [] }

async function main({ url, token, appId }: Watched): Promise<void> {
  const client = new Hatchery({ serverURL: url, hathoraDevToken: token })
  const places = new Map<string, string>()
  let seen: Sampled = nothing
  process.on('message', () => {
    process.send?.(seen)
    seen = nothing
  })

  const count = async (...statuses: ('running' | 'starting' | 'draining' | 'stopping')[]) =>
    (await client.processesV3.getProcessesCountExperimental(appId, statuses)).count

  async function moved(): Promise<string[]> {
    const rooms = await client.hatchery.getRooms(appId)
    return rooms.flatMap(({ roomId, processId }) => {
      const before = places.get(roomId)
      if (processId !== null) places.set(roomId, processId)
      return before === undefined || before === processId ? [] : [roomId]
    })
  }

  for (let samples = 0; ; samples += 1) {
    const began = performance.now()
    const [running, alive] = [
      await count('running'),
      await count('starting', 'running', 'draining', 'stopping'),
    ]
    seen = {
      samples: seen.samples + 1,
      fewestRunning: Math.min(seen.fewestRunning, running),
      mostAlive: Math.max(seen.mostAlive, alive),
      moved: [...seen.moved, ...(await moved())],
    }
    if (samples === 0) process.send?.(seen)
    await pause(Math.max(0, everyMs - (performance.now() - began)))
  }
}

const [watched] = process.argv.slice(2)
if (process.argv[1] === fileURLToPath(import.meta.url) && watched !== undefined)
  await main(JSON.parse(watched) as Watched)
