/** The floor of a local start: `references/local-floor.ts` as a contender. */
import { mkdirSync } from 'node:fs'
import type { FloorStart, LocalFloorOptions } from '../references/local-floor.ts'
import { region } from './api.ts'
import { type Child, startChild } from './child.ts'
import { type HttpConnection, openConnection, requestText } from './http-connection.ts'
import { monotonicMs } from './product.ts'
import { Skip } from './row.ts'

export interface LocalFloor extends AsyncDisposable {
  /** Starts a game, waits until it listens, ends it and waits. Answers the ms from the request until it listened. */
  live(): Promise<number>
  ask: Child<unknown>['ask']
}

/** Rejects the row where the kernel does not tell who listens. */
export async function openLocalFloor(options: LocalFloorOptions): Promise<LocalFloor> {
  mkdirSync(options.folder, { recursive: true })
  const child = await startChild<{ port: number; hasEvents: boolean; isolated: boolean }>({
    entry: new URL('../references/local-floor.ts', import.meta.url),
    argument: options,
  })
  const { hasEvents, isolated, port } = child.ready
  if (!hasEvents || !isolated) {
    await child.stop()
    throw new Skip(
      'this machine does not let games have mounts of their own, or not tell who listens',
    )
  }
  const connection = await openConnection(port)
  return {
    live: () => live(child, connection),
    ask: child.ask,
    async [Symbol.asyncDispose]() {
      connection.close()
      await child.stop()
    },
  }
}

const request = requestText({
  ...{ method: 'POST', path: '/', headers: { 'content-type': 'application/json' } },
  body: JSON.stringify({ region }),
})

async function live(child: Child<unknown>, connection: HttpConnection): Promise<number> {
  const started = Promise.withResolvers<FloorStart>()
  const ended = Promise.withResolvers<void>()
  const forget = child.onMessage((message) => {
    if ('started' in (message as object)) started.resolve(message as FloorStart)
    if ('ended' in (message as object)) ended.resolve()
  })
  const asked = monotonicMs()
  await connection.send(request)
  const { atMs, gamePid } = await started.promise
  process.kill(gamePid, 'SIGTERM')
  await ended.promise
  forget()
  return atMs - asked
}
