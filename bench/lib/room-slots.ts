/** Rooms on warm processes of the product, and the books that are kept of what it answered. */
import { apiOf, authorization, region } from './api.ts'
import { type HttpConnection, requestText } from './http-connection.ts'
import type { LocalProduct } from './local-product.ts'

/** Keeps no process any more when it goes. */
export interface RoomSlots extends AsyncDisposable {
  /** Creates a room; undefined where it was refused. Rejects on any other answer than 201 and 429. */
  create(connection: HttpConnection): Promise<string | undefined>
  destroy(connection: HttpConnection, roomId: string): Promise<void>
  /** Every room that was answered and not ended is looked for on every process. */
  recount(): Promise<Recount>
  readonly latenciesMs: readonly number[]
}

export interface Recount {
  /** Rooms above what a process holds, rooms on two processes, and rooms that nobody made. */
  readonly doubles: number
  /** Rooms that are not where they were answered to be. */
  readonly lost: number
}

interface Size {
  readonly processes: number
  readonly roomsPerProcess: number
}

/** Answers once so many processes run, which are all that the application may have. */
export async function openRoomSlots(
  { product, game }: LocalProduct,
  { processes, roomsPerProcess }: Size,
): Promise<RoomSlots> {
  const { appId } = game
  const api = apiOf(product.ready)
  const deployments = `/deployments/v3/apps/${appId}/deployments`
  const { buildId } = (await api.call('GET', `${deployments}/latest`)) as { buildId: string }
  await api.call('POST', deployments, {
    ...{ buildId, roomsPerProcess, env: [], idleTimeoutEnabled: false },
    ...{ transportType: 'tcp', containerPort: 7_777, requestedCPU: 1, requestedMemoryMB: 512 },
  })
  const limits = { minProcesses: 0, targetProcesses: processes, maxProcesses: processes }
  const keep = (staticProcessAllocation: object[]) =>
    api.call('PATCH', `/apps/v2/apps/${appId}`, { serviceConfig: { staticProcessAllocation } })
  await keep([{ region, ...limits }])
  await api.untilCount(appId, '?status=running', processes)

  const headers = { ...authorization(product.ready), 'content-type': 'application/json' }
  const creation = requestText({
    ...{ method: 'POST', path: `/rooms/v2/${appId}/create`, headers },
    body: JSON.stringify({ region }),
  })
  /** By room: the process that was answered. */
  const promised = new Map<string, string>()
  const latenciesMs: number[] = []
  let answeredTwice = 0

  return {
    latenciesMs,
    async create(connection) {
      const began = performance.now()
      const { status, body } = await connection.send(creation)
      if (status === 429) return undefined
      if (status !== 201) throw new Error(`an answer of ${status}: ${body}`)
      latenciesMs.push(performance.now() - began)
      const { roomId, processId } = JSON.parse(body) as { roomId: string; processId: string }
      if (promised.has(roomId)) answeredTwice += 1
      promised.set(roomId, processId)
      return roomId
    },
    async destroy(connection, roomId) {
      const path = `/rooms/v2/${appId}/destroy/${roomId}`
      const { status, body } = await connection.send(requestText({ method: 'POST', path, headers }))
      if (status !== 204) throw new Error(`an answer of ${status}: ${body}`)
      promised.delete(roomId)
    },
    async recount() {
      const held = await heldRooms()
      const found = new Map<string, string>()
      let doubles = answeredTwice
      for (const [processId, rooms] of held) {
        doubles += Math.max(0, rooms.length - roomsPerProcess)
        for (const roomId of rooms) {
          if (found.has(roomId) || !promised.has(roomId)) doubles += 1
          found.set(roomId, processId)
        }
      }
      const isLost = ([roomId, processId]: [string, string]) => found.get(roomId) !== processId
      return { doubles, lost: [...promised].filter(isLost).length }
    },
    async [Symbol.asyncDispose]() {
      await keep([])
      await api.untilCount(appId, '?status=running', 0)
    },
  }

  async function heldRooms(): Promise<Map<string, string[]>> {
    const held = new Map<string, string[]>()
    for (const processId of await processIds()) {
      const rooms = await api.call('GET', `/rooms/v2/${appId}/list/${processId}/active`)
      held.set(
        processId,
        (rooms as { roomId: string }[]).map(({ roomId }) => roomId),
      )
    }
    return held
  }

  /** All of them: what is kept may have been replaced. */
  async function processIds(): Promise<string[]> {
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const page: Response = await fetch(
        `${product.ready.url}/processes/v3/apps/${appId}/processes/latest`,
        { headers: { ...headers, ...(cursor !== null && { 'hatchery-cursor': cursor }) } },
      )
      for (const { processId } of (await page.json()) as { processId: string }[])
        ids.push(processId)
      cursor = page.headers.get('hatchery-next')
    } while (cursor !== null)
    return ids
  }
}
