/**
 * Rooms and static allocation while server, launcher or both are killed at random moments: every room that was answered
 * is where it was answered, no slot is given twice, and the processes that shall be kept are kept.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Hatchery } from '@hatchery/client'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { aFolder } from '../support/start-hatchery.ts'
import { missing } from './kill-game.ts'
import {
  cleanUp,
  clientOf,
  deployKillGame,
  kills,
  randomFrom,
  seed,
  shuffled,
} from './kill-world.ts'
import { startProgram } from './server-program.ts'

const flags = [...['--limits-grace-seconds=10', '--ports-from=18500', '--ports-to=18999']]

const region = 'Seattle'
const keptRegion = 'Tokyo'

/** By room id: the process it was answered on; null once its end was asked for. */
type Promised = Map<string, string | null>

test(
  'killed at random moments, no room is lost or doubled, and what shall be kept is kept',
  { timeout: 60_000 + kills * 10_000 },
  async ({ skip }) => {
    if (missing !== undefined) skip(missing)
    console.log(`rooms kill test with TEST_SEED=${seed}`)
    const random = randomFrom(seed)
    const data = aFolder()
    let server = await startProgram(data, flags)
    onTestFinished(async () => await cleanUp(data, server))
    const appId = await deployKillGame(clientOf(data, server), 'rooms')
    await keep(clientOf(data, server), appId, 4)
    const promised: Promised = new Map()
    const doubled: string[] = []

    for (let round = 0; round < kills; round += 1) {
      const disturbance = disturb({
        client: clientOf(data, server),
        appId,
        promised,
        doubled,
        random,
        round,
      })
      await pause(Math.floor(random() * 120))
      if (round % 3 !== 0) server.killLauncher()
      if (round % 3 !== 1) await server.kill()
      await disturbance
      if (round % 3 !== 1) server = await startProgram(data, flags)
    }

    expect(doubled).toEqual([])
    const client = clientOf(data, server)
    await keep(client, appId, 6)
    await eventually('the allocation is whole', async () => {
      const [allocation] = await client.hatchery.getAllocations(appId)
      return allocation?.running === 6 && allocation.starting === 0 && allocation.outdated === 0
    })
    for (const [roomId, processId] of promised) {
      const room = await client.roomsV2.getRoomInfo(roomId, appId)
      const expected = processId === null ? 'destroyed' : 'active'
      expect({ roomId, status: room.status }).toEqual({ roomId, status: expected })
      if (processId !== null) expect(room.currentAllocation?.processId).toBe(processId)
    }
    await slotsAreTheRooms(client, appId)
    await eventually('what holds rooms runs', async () => {
      const statuses = await Promise.all(
        (await holders(client, appId)).map(async (id) => {
          return (await client.processesV3.getProcess(id, appId)).status
        }),
      )
      return statuses.every((status) => status === 'running')
    })
  },
)

/** The processes with rooms. */
async function holders(client: Hatchery, appId: string): Promise<string[]> {
  const rooms = await client.hatchery.getRooms(appId)
  return [...new Set(rooms.flatMap((room) => room.processId ?? []))]
}

/** What each process says it holds is what it holds, and never more than it can. */
async function slotsAreTheRooms(client: Hatchery, appId: string): Promise<void> {
  for (const processId of await holders(client, appId)) {
    const process = await client.processesV3.getProcess(processId, appId)
    const held = await client.roomsV2.getActiveRoomsForProcess(processId, appId)
    expect(process.roomsAllocated).toBe(held.length)
    expect(held.length).toBeLessThanOrEqual(process.roomsPerProcess)
  }
}

async function keep(client: Hatchery, appId: string, targetProcesses: number): Promise<void> {
  const allocation = { region: keptRegion, minProcesses: 1, targetProcesses, maxProcesses: 8 }
  await client.appsV2.patchApp({ serviceConfig: { staticProcessAllocation: [allocation] } }, appId)
}

interface Disturbance {
  readonly client: Hatchery
  readonly appId: string
  readonly promised: Promised
  /** Rooms that were answered on two processes. */
  readonly doubled: string[]
  readonly random: () => number
  readonly round: number
}

/** Makes and ends some rooms at once, and moves the target. What the kill cuts off was promised nothing. */
async function disturb(given: Disturbance): Promise<void> {
  const { client, appId, promised, random, round } = given
  const active = [...promised].flatMap(([roomId, at]) => (at === null ? [] : [roomId]))
  const [ending] = shuffled(active, random)
  await Promise.allSettled([
    ...[0, 1, 2, 3].map((index) => create(given, `room-${round}-${index}`)),
    ...(ending === undefined ? [] : [end(given, ending)]),
    keep(client, appId, 2 + Math.floor(random() * 5)),
  ])
}

/** Asked for twice at once: the id makes it one room. */
async function create(
  { client, appId, promised, doubled }: Disturbance,
  roomId: string,
): Promise<void> {
  const ask = () => client.roomsV2.createRoom({ region }, appId, roomId)
  const answers = await Promise.allSettled([ask(), ask()])
  const places = answers.flatMap((answer) =>
    answer.status === 'fulfilled' ? [answer.value.processId] : [],
  )
  if (new Set(places).size > 1) doubled.push(roomId)
  const [processId] = places
  if (processId !== undefined) promised.set(roomId, processId)
}

/** Whether an end that was not answered happened is open: the room is not looked at any more. */
async function end({ client, appId, promised }: Disturbance, roomId: string): Promise<void> {
  promised.delete(roomId)
  await client.roomsV2.destroyRoom(roomId, appId)
  promised.set(roomId, null)
}
