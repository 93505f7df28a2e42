/** `hatchery down`: ends the server of a data folder, and with `--games` every game first. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Config, readConfig, readInstallation, silentLog, startServer } from '@hatchery/server'
import { Failure } from '../failure.ts'
import { clientOf } from '../local-server.ts'
import type { Environment } from '../settings.ts'
import { listenerOf } from '../ports.ts'
import { stopAllGames } from '../stop-all-games.ts'
import { version } from '../version.ts'

const patienceMs = 60_000

export async function down({
  argv,
  env,
}: {
  argv: readonly string[]
  env: Environment
}): Promise<void> {
  const games = argv.includes('--games')
  const rest = argv.filter((word) => word !== '--games')
  const config = readConfig({
    argv: rest,
    env,
    cwd: process.cwd(),
    isRoot: process.getuid?.() === 0,
  })
  const running = findRunning(config)
  if (running === undefined) {
    say(games ? await stopGamesWithoutServer(config) : 'No server runs on this data folder.')
    return
  }
  const stopped = games ? await stopAllGames(clientOf(config.data, running.address)) : undefined
  process.kill(running.pid, 'SIGTERM')
  await gone(running.pid)
  say(
    stopped === undefined
      ? 'Server stopped; its games go on.'
      : `Server stopped, and ${count(stopped)} before it.`,
  )
}

/**
 * The server that the folder names, if it still is that: what is written there outlives a kill, and pid and port may
 * be another program's by now.
 */
function findRunning({ data }: Config): { pid: number; address: string } | undefined {
  const running = readInstallation(data)?.running
  if (running == null) return undefined
  return listenerOf(Number(new URL(running.address).port)) === running.pid ? running : undefined
}

/** Games whose server is gone are found and stopped by a server of our own, for as long as that takes. */
async function stopGamesWithoutServer(config: Config): Promise<string> {
  const server = await startServer({ config: { ...config, port: 0 }, version, log: silentLog })
  try {
    const stopped = await stopAllGames(clientOf(config.data, server.address))
    return `No server ran on this data folder; ${count(stopped)}.`
  } finally {
    await server.close()
  }
}

async function gone(pid: number): Promise<void> {
  for (let waited = 0; waited < patienceMs; waited += 50) {
    if (!isAlive(pid)) return
    await delay(50)
  }
  throw new Failure(`the server (pid ${pid}) did not end within ${patienceMs / 1000} s`, {
    exitCode: 8,
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const count = (games: number): string =>
  games === 1 ? '1 game was stopped' : `${games} games were stopped`

const say = (line: string): void => void process.stdout.write(`${line}\n`)
