/** Processes of the product from their creation to their end, one after the other or many at a time. */
import { authorization, createPath } from './api.ts'
import { type HttpConnection, openConnection, requestText } from './http-connection.ts'
import { type Product, monotonicMs, onProcessChange } from './product.ts'

export interface Lives {
  /** Creates a process, waits until it is recorded as running, stops it and waits until that is recorded. Answers the ms from request to running. */
  live(connection: HttpConnection): Promise<number>
  connect(): Promise<HttpConnection>
}

export function livesOf(product: Product, appId: string): Lives {
  const headers = authorization(product.ready)
  const create = requestText({ method: 'POST', path: createPath(appId), headers })
  const stop = (processId: string): string => {
    const path = `/processes/v3/apps/${appId}/processes/${processId}/stop`
    return requestText({ method: 'POST', path, headers })
  }
  const until = changesOf(product)
  return {
    connect: () => openConnection(product.ready.port),
    async live(connection) {
      const asked = monotonicMs()
      const processId = idIn(await ask(connection, create))
      const runningAt = await until(processId, 'process.running')
      const ended = until(processId, 'process.stopped')
      await ask(connection, stop(processId))
      await ended
      return runningAt - asked
    },
  }
}

/** Resolves with the time of a change that has come or will come. Rejects when the process fails. */
export function changesOf(
  product: Product,
): (processId: string, event: AwaitedEvent) => Promise<number> {
  const changes = new Map<string, PromiseWithResolvers<number>>()
  const change = (key: string): PromiseWithResolvers<number> => {
    const known = changes.get(key) ?? Promise.withResolvers<number>()
    changes.set(key, known)
    return known
  }
  onProcessChange(product, ({ processId, event, atMs }) => {
    if (event !== 'process.failed') return change(processId + event).resolve(atMs)
    for (const awaited of awaitedEvents) change(processId + awaited).resolve(Number.NaN)
  })
  return async (processId, event) => {
    const at = await change(processId + event).promise
    changes.delete(processId + event)
    if (Number.isNaN(at)) throw new Error(`process ${processId} failed`)
    return at
  }
}

const awaitedEvents = ['process.running', 'process.stopped'] as const
type AwaitedEvent = (typeof awaitedEvents)[number]

const idIn = (body: string): string => (JSON.parse(body) as { processId: string }).processId

async function ask(connection: HttpConnection, request: string): Promise<string> {
  const { status, body } = await connection.send(request)
  if (status < 300) return body
  throw new Error(`an answer of ${status}: ${body}`)
}
