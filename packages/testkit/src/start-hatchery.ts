/** A whole server in this process for one test: a free port, fake games, an application that is deployed, a client. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DeploymentConfigV3, type DeploymentV3, Hatchery } from '@hatchery/client'
import type { LogLevel } from '@hatchery/server'
import { deployGame } from './deploy-game.ts'
import { type Games, createGames } from './games.ts'
import { type TestClock, createTestClock } from './test-clock.ts'
import { type TestServer, startTestServer } from './test-server.ts'

export interface TestHatchery extends AsyncDisposable {
  /** Where the API is, for the client in the backend that is tested: `http://127.0.0.1:PORT`. */
  readonly url: string
  /** May do everything. */
  readonly token: string
  /** Calls with that token, on the application below where a call names none. */
  readonly client: Hatchery
  readonly appId: string
  readonly deployment: DeploymentV3
  /** What the fake games do. */
  readonly games: Games
  readonly clock: TestClock
  /** Resolves when the server has nothing left to do until something is asked or some time is over. */
  settled(): Promise<void>
  /** Ends the server and starts it anew: same address, same records, and the games went on meanwhile. */
  restart(): Promise<void>
  /** Ends the server and removes what it stored. Again: does nothing. */
  close(): Promise<void>
}

export interface TestHatcheryOptions {
  /** `test-game` when left out. */
  readonly appName?: string
  /** In place of a game of one room on 7777/udp, 0.5 cores and 512 MB, that is not ended when idle. */
  readonly deployment?: Partial<Omit<DeploymentConfigV3, 'buildId'>>
  /** Settings, as `hatchery serve` takes them: `--limits-grace-seconds=5`. Those of the environment do not count. */
  readonly settings?: readonly string[]
  /** The least that the server logs to stderr; nothing when left out. */
  readonly log?: LogLevel
}

/**
 * Starts it; close it, or declare it with `await using`. Takes some 100 ms. Rejects with a ConfigError where a setting
 * is wrong, with an ApiError where the deployment is refused.
 */
export async function startHatchery(options: TestHatcheryOptions = {}): Promise<TestHatchery> {
  await using parts = new AsyncDisposableStack()
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'hatchery-testkit-')), (path) =>
    rmSync(path, { recursive: true, force: true }),
  )
  const settled = (): Promise<void> => server.settled()
  const clock = createTestClock(settled)
  const server: TestServer = await startTestServer({
    ...{ folder, clock, settings: options.settings ?? [], logLevel: options.log },
  })
  parts.defer(server.close)
  const { url, token, place } = server
  const { appId, deployment } = await deployGame(client(), options)

  function client(ofApp: { appId?: string } = {}): Hatchery {
    return new Hatchery({ serverURL: url, hathoraDevToken: token, ...ofApp })
  }

  const opened = parts.move()
  const close = async (): Promise<void> => await opened.disposeAsync()
  return {
    ...{ url, token, appId, deployment, clock, settled, close, restart: server.restart },
    client: client({ appId }),
    games: createGames({ place, driver: server.driver, settled, logs: join(folder, 'logs') }),
    [Symbol.asyncDispose]: close,
  }
}
