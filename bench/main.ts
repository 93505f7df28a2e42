/** `npm run bench`: the product against its floors, as ratios in one run. README.md says what each row means. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments, usage } from './lib/arguments.ts'
import { type Row, type RowContext, Skip } from './lib/row.ts'
import { type RowReport, asJson, table } from './lib/table.ts'
import { createProcess } from './rows/01-create-process.ts'

const rows: readonly Row[] = [createProcess]

const wanted = readArguments(process.argv.slice(2))
if (wanted.help) console.log(usage)
else await bench()

async function bench(): Promise<void> {
  const chosen = rows.filter(
    ({ number }) => wanted.rows.length === 0 || wanted.rows.includes(number),
  )
  if (chosen.length === 0)
    throw new Error(`there are rows ${rows.map((row) => row.number).join(', ')}`)
  const reports: RowReport[] = []
  for (const row of chosen) reports.push(await reportOf(row))
  console.log(wanted.json ? asJson(reports) : table(reports))
  if (reports.some(({ failed }) => failed !== undefined)) process.exitCode = 1
}

async function reportOf(row: Row): Promise<RowReport> {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-bench-'))
  try {
    return { row, lines: await row.run(contextOf(row, folder)) }
  } catch (error) {
    if (error instanceof Skip) return { row, lines: [], skipped: error.message }
    say(row, String(error instanceof Error ? error.stack : error))
    return { row, lines: [], failed: error instanceof Error ? error.message : String(error) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const contextOf = (row: Row, folder: string): RowContext => ({
  ...{ folder, rounds: wanted.rounds, alive: wanted.alive, small: wanted.small },
  say: (progress) => say(row, progress),
})

const say = ({ number }: Row, progress: string): void => console.error(`row ${number}: ${progress}`)
