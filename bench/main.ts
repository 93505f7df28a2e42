/** `npm run bench`: the product against its floors, as ratios in one run. README.md says what each row means. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readArguments, usage } from './lib/arguments.ts'
import { endChildren } from './lib/child.ts'
import { killGamesBelow } from './lib/games-end.ts'
import { type Row, type RowContext, Skip } from './lib/row.ts'
import { type StoredFolders, storedFolders } from './lib/stored.ts'
import { type RowReport, asJson, table } from './lib/table.ts'
import { createProcess } from './rows/01-create-process.ts'
import { localStart } from './rows/02-local-start.ts'
import { localCycles } from './rows/03-local-cycles.ts'
import { sandbox } from './rows/04-sandbox.ts'
import { dockerStart } from './rows/05-docker-start.ts'
import { dockerPublished } from './rows/06-docker-published.ts'
import { warm } from './rows/07-warm.ts'
import { roomPlacement } from './rows/09-room-placement.ts'
import { latestProcesses } from './rows/10-latest-processes.ts'
import { countProcesses } from './rows/11-count-processes.ts'
import { localStop } from './rows/12-local-stop.ts'
import { metrics } from './rows/13-metrics.ts'
import { dockerSampling } from './rows/14-docker-sampling.ts'
import { sampling } from './rows/14-sampling.ts'
import { logReaders } from './rows/15-log-readers.ts'
import { memory } from './rows/16-memory.ts'
import { recovery } from './rows/17-recovery.ts'
import { start } from './rows/18-start.ts'

const rows: readonly Row[] = [
  createProcess,
  localStart,
  localCycles,
  sandbox,
  dockerStart,
  dockerPublished,
  warm,
  roomPlacement,
  latestProcesses,
  countProcesses,
  localStop,
  metrics,
  sampling,
  dockerSampling,
  logReaders,
  memory,
  recovery,
  start,
]

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void breakOff())

const wanted = readArguments(process.argv.slice(2))
if (wanted.help) console.log(usage)
else await bench()

async function bench(): Promise<void> {
  const chosen = rows.filter(
    ({ number }) => wanted.rows.length === 0 || wanted.rows.includes(number),
  )
  if (chosen.length === 0) {
    throw new Error(`there are rows ${rows.map((row) => row.number).join(', ')}`)
  }
  const reports = await withFolder(async (folder) => {
    const stored = storedFolders(folder)
    const done: RowReport[] = []
    for (const row of chosen) done.push(await reportOf(row, stored))
    return done
  })
  console.log(wanted.json ? asJson(reports) : table(reports))
  if (reports.some(({ failed }) => failed !== undefined)) process.exitCode = 1
}

/** What was started ends before its folders go; launchers need a moment to see that their servers are gone. */
async function breakOff(): Promise<void> {
  await endChildren()
  await sleep(500)
  process.exit(130)
}

async function reportOf(row: Row, stored: StoredFolders): Promise<RowReport> {
  try {
    const lines = await withFolder((folder) => row.run(contextOf(row, folder, stored)))
    return { row, lines }
  } catch (error) {
    if (error instanceof Skip) return { row, lines: [], skipped: error.message }
    say(row, String(error instanceof Error ? error.stack : error))
    return { row, lines: [], failed: error instanceof Error ? error.message : String(error) }
  }
}

/** A folder that goes afterwards, also when we are told to end. */
async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-bench-'))
  const leaveNothing = (): void => {
    killGamesBelow(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', leaveNothing)
  try {
    return await use(folder)
  } finally {
    await endChildren()
    process.off('exit', leaveNothing)
    leaveNothing()
  }
}

function contextOf(row: Row, folder: string, stored: StoredFolders): RowContext {
  const { rounds, alive, small } = wanted
  return { folder, stored, rounds, alive, small, say: (progress) => say(row, progress) }
}

function say({ number }: Row, progress: string): void {
  console.error(`row ${number}: ${progress}`)
}
