import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'vitest'
import type { Driver, ProcessSpec } from '../../../src/domain/driver.ts'
import { aSpec } from '../../drivers/support/a-spec.ts'
import { freePort } from '../../drivers/support/free-port.ts'
import { aDataFolder, aLocalPlace, clear, leftBehind } from '../../drivers/support/local-place.ts'
import { type RemoteDriver, remoteDriver } from '../../drivers/support/remote-driver.ts'
import { until } from '../../drivers/support/until.ts'
import { type DriverPlace, type GameWish, describeDriver } from './driver-conformance.ts'

const isRoot = process.getuid?.() === 0

/** In this program: as we are. */
for (const starter of ['perl', 'sh'] as const) {
  describeDriver(`the local driver as ${isRoot ? 'root' : 'a user'} with ${starter}`, async () => {
    const place = await aLocalPlace({ starters: [starter] })
    return {
      ...whatIsOnDisk(place.dataFolder, (spec, file) => place.work(spec, file)),
      driver: place.driver,
      restart: place.restart,
      stranger: async () => place.another({ installationId: 'installation-2' }),
      close: place.close,
    }
  })
}

/** Without its own cgroups, mounts and users, in a program that is not root. */
const nobody = 65_534

const hindrance = (): string | undefined => {
  if (!isRoot) return 'this run is not root, so the suite above has done it'
  try {
    // Whoever may not enter a home folder may not read this checkout either.
    for (let path = import.meta.dirname; path !== '/'; path = dirname(path)) mayEnter(path)
    return undefined
  } catch {
    return 'a user without rights cannot read this checkout'
  }
}

if (hindrance() === undefined) {
  describeDriver('the local driver not as root', async () => {
    const dataFolder = aDataFolder(nobody)
    const open = (installationId = 'installation-1'): RemoteDriver =>
      remoteDriver({ dataFolder, uid: nobody, installationId })
    let driver = open()
    const others: Driver[] = []
    return {
      ...whatIsOnDisk(dataFolder, ({ processId }, file) =>
        join(dataFolder, 'run', processId, 'work', file),
      ),
      driver: () => driver,
      restart: async (between) => {
        await driver.close()
        await between?.()
        driver = open()
        return driver
      },
      stranger: async () => {
        others.push(open('installation-2'))
        return others.at(-1) ?? driver
      },
      close: async () => {
        await clear(driver)
        await Promise.all([driver, ...others].map((each) => each.close()))
        rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10 })
      },
    }
  })
} else {
  describe('the local driver not as root', () => {
    test('does what every driver does', (context) => context.skip(hindrance()))
  })
}

/** What needs the data folder and not the driver. */
function whatIsOnDisk(
  dataFolder: string,
  work: (spec: ProcessSpec, file: string) => string,
): Pick<DriverPlace, 'spec' | 'endOutside' | 'timesStarted' | 'leftBehind'> {
  const inRun = (spec: ProcessSpec, file: string): string =>
    join(dataFolder, 'run', spec.processId, file)
  return {
    spec: async (wish = {}) => aSpec({ port: await freePort(), ...(await specWishOf(wish)) }),
    endOutside: async (spec, code) => {
      writeFileSync(inRun(spec, 'home/exit-now'), String(code))
      await until('its end is written', () => readOrEmpty(inRun(spec, 'exit')).endsWith('\n'))
    },
    timesStarted: async (spec) => readOrEmpty(work(spec, 'started')).split('\n').length - 1,
    leftBehind: async (spec) => leftBehind(dataFolder, spec),
  }
}

async function specWishOf(wish: GameWish) {
  const { transport = 'udp', processId, installationId } = wish
  const elsewhere = wish.binds === 'another port' ? { GAME_PORT: String(await freePort()) } : {}
  return {
    transport,
    ...(processId !== undefined && { processId }),
    ...(installationId !== undefined && { installationId }),
    env: { GAME_TRANSPORT: transport, GAME_DOES: doesOf(wish), ...elsewhere },
  }
}

function doesOf(wish: GameWish): string {
  if (wish.exitCode !== undefined) return `exit ${wish.exitCode}`
  if (wish.exitsBySignal !== undefined) return `die ${wish.exitsBySignal}`
  if (wish.ignoresTerminate === true) return 'ignore'
  return wish.binds === 'nothing' ? 'bind nothing' : ''
}

function mayEnter(path: string): void {
  if ((statSync(path).mode & 0o005) !== 0o005) throw new Error(`${path} is closed`)
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
