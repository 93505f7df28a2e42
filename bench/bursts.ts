/**
 * `node bench/bursts.ts --minutes 5`: 50 clients race for 1,000 slots of warm local processes while 20 others end their
 * room and make a new one, again and again; after each race every room is looked for. Ends with 1 when a room was
 * refused although there was a slot, given twice, or lost.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gameBuild } from './lib/game-build.ts'
import { killGamesBelow } from './lib/games-end.ts'
import { type HttpConnection, openConnection } from './lib/http-connection.ts'
import { openLocalProduct } from './lib/local-product.ts'
import { type RoomSlots, openRoomSlots } from './lib/room-slots.ts'
import { quantile } from './lib/statistics.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } })
const minutes = Number(values.minutes)

const racers = 50
const slots = 1_000
/** Each has a slot beside those that are raced for, so that it never finds all taken. */
const others = 20
const roomsPerProcess = 20

interface Figures {
  rounds: number
  rooms: number
  refused: number
  /** Made although every slot was taken. */
  tooMany: number
  doubles: number
  lost: number
}

const folder = mkdtempSync(join(tmpdir(), 'hatchery-bursts-'))
process.once('exit', () => {
  killGamesBelow(folder)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})
process.exitCode = (await bursts()) ? 0 : 1

async function bursts(): Promise<boolean> {
  await using local = await openLocalProduct({
    ...{ folder, build: gameBuild(folder), flags: ['--ports-from=20000', '--ports-to=20999'] },
  })
  const processes = (slots + others) / roomsPerProcess
  await using rooms = await openRoomSlots(local, { processes, roomsPerProcess })
  const connect = () => openConnection(local.product.ready.port)
  const connections = await Promise.all(Array.from({ length: racers + others }, connect))
  const figures: Figures = { rounds: 0, rooms: 0, refused: 0, tooMany: 0, doubles: 0, lost: 0 }
  const end = performance.now() + minutes * 60_000
  while (performance.now() < end) {
    await burst(rooms, connections, figures)
    if (figures.rounds % 20 === 0) say(figures, rooms)
  }
  for (const connection of connections) connection.close()
  say(figures, rooms)
  const { refused, tooMany, doubles, lost } = figures
  return refused + tooMany + doubles + lost === 0
}

async function burst(
  rooms: RoomSlots,
  connections: readonly HttpConnection[],
  figures: Figures,
): Promise<void> {
  const [racing, changing] = [connections.slice(0, racers), connections.slice(racers)]
  let isOver = false
  const create = async (connection: HttpConnection): Promise<string[]> => {
    const roomId = await rooms.create(connection)
    if (roomId === undefined) figures.refused += 1
    else figures.rooms += 1
    return roomId === undefined ? [] : [roomId]
  }
  const held = changing.map(async (connection) => {
    let own = await create(connection)
    while (!isOver) {
      for (const roomId of own) await rooms.destroy(connection, roomId)
      own = await create(connection)
    }
    return own
  })
  const won = await share(racing, slots, create)
  isOver = true
  const made = [...won, ...(await Promise.all(held))].flat()
  const beyond = await share(racing, racers, async (connection) => [await rooms.create(connection)])
  const tooMany = beyond.flat().filter((roomId) => roomId !== undefined)
  await recount(rooms, figures)
  const all = [...made, ...tooMany]
  await share(racing, all.length, async (connection, at) => {
    await rooms.destroy(connection, all[at] ?? '')
  })
  await recount(rooms, figures)
  figures.tooMany += tooMany.length
  figures.rounds += 1
}

async function recount(rooms: RoomSlots, figures: Figures): Promise<void> {
  const { doubles, lost } = await rooms.recount()
  figures.doubles += doubles
  figures.lost += lost
}

/** Has `count` calls made by so many connections, each as soon as the one before is answered. */
async function share<T>(
  connections: readonly HttpConnection[],
  count: number,
  call: (connection: HttpConnection, at: number) => Promise<T>,
): Promise<T[]> {
  const answers: T[] = []
  let next = 0
  await Promise.all(
    connections.map(async (connection) => {
      for (let at = next++; at < count; at = next++) answers.push(await call(connection, at))
    }),
  )
  return answers
}

function say({ rounds, rooms, ...wrong }: Figures, { latenciesMs }: RoomSlots): void {
  const of = (p: number): string => quantile(latenciesMs, p).toFixed(1)
  const { refused, tooMany, doubles, lost } = wrong
  console.log(
    `${rounds} rounds, ${rooms} rooms: ${refused} refused wrongly, ${tooMany} too many, ${doubles} doubles, ${lost} lost; a create took ${of(0.5)} ms (p50), ${of(0.99)} ms (p99)`,
  )
}
