/** Row 17: the published server killed and started again while many local processes live and many more are on record. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { type Api, type Game, apiOf } from '../lib/api.ts'
import { bundledCommand } from '../lib/bundle.ts'
import { requireRoot } from '../lib/commands.ts'
import { type GameBuild, gameBuild } from '../lib/game-build.ts'
import { type RunningGame, endGames, isAlive, runningGames } from '../lib/games-end.ts'
import { type Program, freePort, startProgram } from '../lib/program.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import type { Row, RowContext } from '../lib/row.ts'
import { seedHistory } from '../lib/seed.ts'
import { liveOnce } from '../lib/stored.ts'

export const recovery: Row = {
  number: 17,
  title: 'recovery after SIGKILL',
  async run(context) {
    requireRoot()
    const bench = await prepare(context)
    try {
      const { floor, hatchery } = await alternately(context, {
        floor: () => adopterStart(bench),
        hatchery: () => recoveryOf(bench),
      })
      return [
        {
          ...{ operation: `kill → all ${context.alive} found, answering`, held: 'ratio' },
          ...{ floor: floor.of('tookMs', 'ms'), hatchery: hatchery.of('tookMs', 'ms') },
          goal: { atMost: 3 },
        },
      ]
    } finally {
      await leave(bench)
    }
  },
}

const stored = 100_000
const createdAtOnce = 16

interface Bench {
  readonly data: string
  readonly command: string
  readonly game: Game
  readonly games: readonly RunningGame[]
  readonly adopterFile: string
  server: Program
}

async function prepare(context: RowContext): Promise<Bench> {
  const { folder, alive } = context
  const build = gameBuild(folder)
  const data = join(folder, 'data')
  const command = bundledCommand()
  context.say(`storing ${stored} processes`)
  const game = await firstProcess(command, data, build)
  seedHistory(data, { count: stored, appIds: [game.appId] })
  const server = await startServer(command, data)
  context.say(`starting ${alive} processes`)
  await createMany(apiFor(data, server), game, alive)
  const games = runningGames(data)
  const adopterFile = join(folder, 'adopter.db')
  writeAdopterFile(adopterFile, games)
  return { data, command, game, games, adopterFile, server }
}

/** The pattern of the history. */
async function firstProcess(command: string, data: string, build: GameBuild): Promise<Game> {
  await using server = await startServer(command, data)
  const api = apiFor(data, server)
  const game = await api.deploy({ name: 'bench', folder: build.folder })
  await liveOnce(api, game.appId)
  return game
}

async function startServer(command: string, data: string): Promise<Program> {
  const port = await freePort()
  const flags = [
    `--data=${data}`,
    `--port=${port}`,
    '--disk-min-free-mb=0',
    '--capacity-overcommit',
  ]
  return await startProgram([command, 'serve', ...flags], port, '/health')
}

function apiFor(data: string, { port }: Program): Api {
  const token = readFileSync(join(data, 'token'), 'utf8').trim()
  return apiOf({ port, url: `http://127.0.0.1:${port}`, token })
}

async function createMany(api: Api, { appId }: Game, count: number): Promise<void> {
  let left = count
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await api.create(appId)
    }
  }
  await Promise.all(Array.from({ length: createdAtOnce }, worker))
  await api.untilCount(appId, '?status=running', count)
}

async function recoveryOf(bench: Bench): Promise<Figures> {
  await bench.server.kill()
  bench.server = await startServer(bench.command, bench.data)
  await assertRight(bench)
  return { tookMs: bench.server.tookMs }
}

/** Every game lives on under its pid, was found, and is still recorded as running. */
async function assertRight({ data, game, games, server }: Bench): Promise<void> {
  const counted = await apiFor(data, server).count(game.appId, '?status=running')
  const adopted = Number(await server.said(/"adopted":(\d+)/))
  const living = games.filter(isAlive).length
  if (counted === games.length && adopted === games.length && living === games.length) return
  throw new Error(
    `${games.length} processes ran; ${living} live, ${adopted} were adopted, ${counted} are recorded as running`,
  )
}

async function adopterStart({ adopterFile, games }: Bench): Promise<Figures> {
  const port = await freePort()
  const adopter = fileURLToPath(new URL('../references/adopter.mjs', import.meta.url))
  await using program = await startProgram([adopter, adopterFile, String(port)], port, '/')
  const { alive } = JSON.parse(program.answer.body) as { alive: number }
  if (alive !== games.length) throw new Error(`the reference found ${alive} of ${games.length}`)
  return { tookMs: program.tookMs }
}

function writeAdopterFile(file: string, games: readonly RunningGame[]): void {
  const db = new DatabaseSync(file)
  db.exec(`
    pragma journal_mode = wal;
    create table processes (id text primary key, pid integer, start text, status text, body text);
    create index by_status on processes (status);
    begin`)
  const insert = db.prepare('insert into processes values (?, ?, ?, ?, ?)')
  const body = JSON.stringify({ status: 'running', padding: 'x'.repeat(600) })
  for (const { pid, startTime } of games) insert.run(`p${pid}`, pid, startTime, 'running', body)
  for (let i = 0; i < stored; i += 1) insert.run(`old${i}`, 0, '0', 'stopped', body)
  db.exec('commit')
  db.close()
}

/** Ends the games, has the server see to what they leave, and ends that. */
async function leave({ data, game, server }: Bench): Promise<void> {
  await endGames(data)
  try {
    await apiFor(data, server).untilCount(game.appId, '?status=running', 0)
  } finally {
    await server.stop()
  }
}
