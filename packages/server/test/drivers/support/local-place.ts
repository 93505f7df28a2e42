/** A data folder with a build in it, and local drivers over it. */
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Driver, ProcessSpec } from '../../../src/domain/driver.ts'
import {
  type LocalDriver,
  type LocalDriverOptions,
  createLocalDriver,
} from '../../../src/drivers/local/index.ts'
import { type SpecWish, aSpec, contentHash } from './a-spec.ts'
import { freePort } from './free-port.ts'
import { slotsLeft, tracesOf } from './traces.ts'
import { until } from './until.ts'

const silentLog = { info: () => {}, warn: () => {}, error: () => {} }

/** Options of a local driver over a data folder. */
export const optionsFor = (
  dataFolder: string,
  over: Partial<LocalDriverOptions> = {},
): LocalDriverOptions => ({
  dataFolder,
  installationId: 'installation-1',
  nodeId: 'local',
  uidRange: { from: 200_000, to: 265_535 },
  shareUser: true,
  artifactFolder: (hash) => join(dataFolder, 'builds', hash),
  logFileOf: (processId) => join(dataFolder, 'logs', `${processId}.log`),
  log: silentLog,
  ...over,
})

/** A data folder as the server makes one: closed, with one build. `uid`: whose it is. */
export function aDataFolder(uid?: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-driver-'))
  chmodSync(folder, 0o700)
  const build = join(folder, 'builds', contentHash)
  mkdirSync(build, { recursive: true })
  mkdirSync(join(folder, 'logs'))
  cpSync(join(import.meta.dirname, 'game.mjs'), join(build, 'game.mjs'))
  if (uid !== undefined) {
    for (const part of ['', 'logs', 'builds', join('builds', contentHash)]) {
      chownSync(join(folder, part), uid, uid)
    }
  }
  return folder
}

export interface LocalPlace {
  readonly dataFolder: string
  driver(): LocalDriver
  /** A driver of its own over the same folder, closed with the place. */
  another(over?: Partial<LocalDriverOptions>): LocalDriver
  restart(between?: () => Promise<void>): Promise<LocalDriver>
  /** A spec with a port that nobody holds. */
  spec(wish?: Partial<SpecWish>): Promise<ProcessSpec>
  start(wish?: Partial<SpecWish>): Promise<ProcessSpec>
  /** A file in the process' working directory, as it sees it. */
  work(spec: ProcessSpec, file: string): string
  /** A file in its home. */
  home(spec: ProcessSpec, file: string): string
  logOf(spec: ProcessSpec): string
  /** Kills what still runs, and fails when anything is left on the machine. */
  close(): Promise<void>
}

export async function aLocalPlace(over: Partial<LocalDriverOptions> = {}): Promise<LocalPlace> {
  const dataFolder = aDataFolder()
  const open = (more: Partial<LocalDriverOptions> = {}): LocalDriver =>
    createLocalDriver(optionsFor(dataFolder, { ...over, ...more }))
  let driver = open()
  const others: LocalDriver[] = []
  const { stage } = await driver.capabilities()
  const spec = async (wish: Partial<SpecWish> = {}): Promise<ProcessSpec> =>
    aSpec({ port: await freePort(), ...wish })

  return {
    dataFolder,
    driver: () => driver,
    another: (more) => {
      const other = open(more)
      others.push(other)
      return other
    },
    restart: async (between) => {
      await driver.close()
      await between?.()
      driver = open()
      return driver
    },
    spec,
    start: async (wish) => {
      const made = await spec(wish)
      await driver.start(made, new AbortController().signal)
      return made
    },
    work: ({ processId }, file) =>
      join(dataFolder, 'run', processId, stage.overlay ? 'upper' : 'work', file),
    home: ({ processId }, file) => join(dataFolder, 'run', processId, 'home', file),
    logOf: ({ processId }) => readFileSync(join(dataFolder, 'logs', `${processId}.log`), 'utf8'),
    close: async () => {
      await clear(driver).finally(() =>
        Promise.all([driver, ...others].map((each) => each.close())),
      )
      // Waiting shims end by themselves, soon after what they wait for has gone.
      const isClear = (): boolean => slotsLeft(dataFolder).length === 0
      await until('a closed driver leaves nothing behind', isClear).finally(() =>
        rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10 }),
      )
    },
  }
}

/** Ends and removes everything that a driver sees; one that resists does not keep the others. */
export async function clear(driver: Driver): Promise<void> {
  const runs = await driver.list()
  const cleared = runs.map(async ({ processId }) => {
    await driver.signal(processId, 'kill')
    await driver.remove(processId)
  })
  const failed = (await Promise.allSettled(cleared)).filter(({ status }) => status === 'rejected')
  if (failed.length > 0) throw new Error(`${failed.length} runs could not be removed`)
}

export const leftBehind = (dataFolder: string, spec: ProcessSpec): string[] =>
  tracesOf(dataFolder, spec.processId)
