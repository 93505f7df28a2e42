/** The result as a table for people, or as JSON. */
import { type Figure, type Goal, type Line, type Row, ratioOf, verdictOf } from './row.ts'

export interface RowReport {
  readonly row: Pick<Row, 'number' | 'title'>
  readonly lines: readonly Line[]
  /** Why it did not run. */
  readonly skipped?: string
  /** Why it broke off. */
  readonly failed?: string
}

const headings = ['row', 'operation', 'floor', 'Hatchery', 'ratio', 'goal', 'verdict']
const toTheRight = new Set(['floor', 'Hatchery', 'ratio', 'goal'])

export function table(reports: readonly RowReport[]): string {
  const cells = [headings, ...reports.flatMap(rowsOf)]
  const widths = headings.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)))
  const lines = cells.map((row) => headings.map((name, i) => pad(row[i] ?? '', widths[i], name)))
  const ruler = widths.map((width) => '-'.repeat(width))
  const [head = [], ...body] = lines
  return [head, ruler, ...body].map((line) => line.join('  ').trimEnd()).join('\n')
}

const pad = (text: string, width = 0, heading: string): string =>
  toTheRight.has(heading) ? text.padStart(width) : text.padEnd(width)

function rowsOf({ row, lines, skipped, failed }: RowReport): string[][] {
  const number = String(row.number)
  const why = skipped === undefined ? `failed: ${failed}` : `skipped: ${skipped}`
  if (skipped !== undefined || failed !== undefined) {
    return [[number, row.title, '', '', '', '', why]]
  }
  return lines.map((line) => [
    number,
    line.operation,
    line.floor === null ? '' : figureText(line.floor),
    figureText(line.hatchery),
    numberText(ratioOf(line), 2),
    line.goal === null ? '' : goalText(line.goal, line.held === 'ratio' ? 'x' : line.hatchery.unit),
    verdictOf(line) + (line.note === undefined ? '' : ` (${line.note})`),
  ])
}

const figureText = ({ value, unit }: Figure): string => {
  const digits = unit === '/s' || Number.isInteger(value) ? 0 : value < 10 ? 2 : 1
  return `${numberText(value, digits)}${unit === 'ms' ? ' ms' : unit}`
}

const goalText = (goal: Goal, unit: string): string => {
  const [sign, limit] = 'atMost' in goal ? ['≤', goal.atMost] : ['≥', goal.atLeast]
  return `${sign} ${limit}${unit === 'ms' ? ' ms' : unit}`
}

const numberText = (value: number | null, digits: number): string =>
  value === null ? '' : value.toFixed(digits)

/** Everything that was measured, each round too. */
export const asJson = (reports: readonly RowReport[]): string =>
  JSON.stringify(
    reports.map(({ row, lines, ...rest }) => ({
      row: row.number,
      title: row.title,
      ...rest,
      lines: lines.map((line) => ({ ...line, ratio: ratioOf(line), verdict: verdictOf(line) })),
    })),
    null,
    2,
  )
