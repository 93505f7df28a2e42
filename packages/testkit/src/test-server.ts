/** The server of a test, which can be started anew: address, records and games stay. */
import { readFileSync } from 'node:fs'
import {
  type Clock,
  type Config,
  type FakeDriver,
  type FakePlace,
  type Log,
  type LogLevel,
  type Server,
  createFakeDriver,
  createFakePlace,
  createLog,
  readConfig,
  silentLog,
  startServer,
} from '@hatchery/server'

export interface TestServer {
  readonly url: string
  readonly token: string
  readonly place: FakePlace
  /** The driver of the server that runs now. */
  driver(): FakeDriver
  settled(): Promise<void>
  restart(): Promise<void>
  close(): Promise<void>
}

export interface TestServerOptions {
  /** Its data folder, empty. */
  readonly folder: string
  readonly clock: Clock
  /** Flags of `hatchery serve`. */
  readonly settings: readonly string[]
  /** The least that is logged; undefined: nothing. */
  readonly logLevel: LogLevel | undefined
}

export async function startTestServer(options: TestServerOptions): Promise<TestServer> {
  const { clock } = options
  const log = logOf(options.logLevel)
  const place = createFakePlace()
  let running = await start('0')

  async function start(port: string): Promise<{ server: Server; driver: FakeDriver }> {
    const driver = createFakeDriver({ clock, place })
    const config = configOf(options, port)
    const server = await startServer({ config, clock, driver, version, log })
    return { server, driver }
  }

  const { address: url, port, tokenFile } = running.server
  return {
    ...{ url, place, token: readFileSync(tokenFile, 'utf8').trim() },
    driver: () => running.driver,
    settled: () => running.server.settled(),
    async restart() {
      await running.server.close()
      running = await start(String(port))
    },
    close: () => running.server.close(),
  }
}

const logs = new Map<LogLevel, Log>()

/** One for all servers of this process, since each waits for the end of the process. */
function logOf(level: LogLevel | undefined): Log {
  if (level === undefined) return silentLog
  const log = logs.get(level) ?? createLog(level, 2)
  logs.set(level, log)
  return log
}

/** What `/health` says; the packages of one release have one version, and a test needs none. */
const version = '0.0.0-testkit'

/** Tests are one address that asks much, and have more games than the machine has cores. */
const forTests = [
  '--rate-limits-anonymous-per-second=1000000',
  '--rate-limits-anonymous-burst=1000000',
  '--rate-limits-failed-logins-per-minute=1000000',
  '--capacity-overcommit',
  '--disk-min-free-mb=0',
]

/** Nothing of the environment counts, nor a settings file: the data folder has none. */
const configOf = ({ folder, settings }: TestServerOptions, port: string): Config =>
  readConfig({
    argv: [...forTests, `--data=${folder}`, ...settings, `--port=${port}`],
    ...{ env: {}, cwd: folder, isRoot: false },
  })
