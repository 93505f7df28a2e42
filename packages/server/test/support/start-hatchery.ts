/** A whole server in this process, for one test: own data folder, any free port, answers held against the contract. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hatchery } from '@hatchery/client'
import { onTestFinished } from 'vitest'
import { type Config, readConfig } from '../../src/config.ts'
import { type Clock, systemClock } from '../../src/domain/clock.ts'
import type { Driver } from '../../src/domain/driver.ts'
import type { Log } from '../../src/domain/log.ts'
import { type FakeDriver, createFakeDriver, createFakePlace } from '../../src/drivers/fake/index.ts'
import { silentLog } from '../../src/log.ts'
import { type Server, startServer } from '../../src/server.ts'

export interface TestHatchery {
  readonly client: Hatchery
  readonly token: string
  readonly url: string
  readonly data: string
  readonly server: Server
  readonly flags: readonly string[]
  /** Ends this server and starts another on the same folder, as an upgrade does; with other flags where they are given. */
  restart(flags?: readonly string[]): Promise<TestHatchery>
}

export interface TestOptions {
  /** Flags of `hatchery serve`, such as `--limits-grace-seconds=1`. */
  readonly flags?: readonly string[]
  /** Settings that are no flags, such as `HATCHERY_MAIL_SMTP_URL`. */
  readonly env?: Readonly<Record<string, string>>
  readonly data?: string
  /** What runs the processes, or what makes it at each start; the fake driver where nothing is given. */
  readonly driver?: 'local' | Driver | (() => Driver)
  readonly clock?: Clock
  /** Where its log lines go; nowhere unless given. */
  readonly log?: Log
}

export async function startHatchery(options: TestOptions = {}): Promise<TestHatchery> {
  const data = options.data ?? aFolder()
  const driver = options.driver ?? fakeDrivers()
  const server = await startServer({
    config: testConfig(data, options),
    version: '0.0.0-test',
    log: options.log ?? silentLog,
    checkAnswers: true,
    ...driverOption(driver),
    ...(options.clock && { clock: options.clock }),
  })
  let closed = false
  const close = async (): Promise<void> => {
    if (!closed) await server.close()
    closed = true
  }
  onTestFinished(close)
  const token = readFileSync(server.tokenFile, 'utf8').trim()
  return {
    client: new Hatchery({ serverURL: server.address, hathoraDevToken: token }),
    ...{ token, data, server, url: server.address, flags: options.flags ?? [] },
    async restart(flags = options.flags ?? []) {
      await close()
      return await startHatchery({ ...options, driver, data, flags })
    },
  }
}

/** A folder that goes with the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-test-'))
  // Again where a game that is being killed wrote once more.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  return folder
}

/** Tests are one address that asks much, often with a wrong token, and have more processes than the machine has cores. */
const unlimited = ['anonymous-per-second', 'anonymous-burst', 'failed-logins-per-minute']
  .map((limit) => `--rate-limits-${limit}=1000000`)
  .concat('--capacity-overcommit')

const testConfig = (data: string, { flags = [], env = {} }: TestOptions): Config =>
  readConfig({
    argv: [`--data=${data}`, '--port=0', '--disk-min-free-mb=0', ...unlimited, ...flags],
    ...{ env, cwd: data, isRoot: process.getuid?.() === 0 },
  })

/** A new one at each start, on a place that stays. */
function fakeDrivers(): () => Driver {
  const place = createFakePlace()
  return () => createFakeDriver({ clock: systemClock, place })
}

const driverOption = (driver: NonNullable<TestOptions['driver']>) =>
  driver === 'local' ? {} : { driver: typeof driver === 'function' ? driver() : driver }

export { type FakeDriver, createFakeDriver, createFakePlace }
