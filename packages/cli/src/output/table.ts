/** Rows as lines: fitted to a terminal, or with tabs for a program. */
import { type Cell, type Column, personal, plain, sortable } from './columns.ts'
import { usageFailure } from '../failure.ts'
import type { Paint } from './paint.ts'

const gap = '  '
const shortIdLength = 8

/** The rows in the order that is asked for; as they are when none is. Throws a Failure for an unknown column. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: string | undefined,
): readonly Row[] {
  if (sort === undefined) return rows
  const column = columnNamed(columns, sort.replace(/^-/, ''))
  const sign = sort.startsWith('-') ? -1 : 1
  return rows.toSorted((a, b) => sign * compare(sortable(column.of(a)), sortable(column.of(b))))
}

/** The columns to show. Throws a Failure for an unknown one. */
export const chosen = <Row>(
  columns: readonly Column<Row>[],
  names: readonly string[],
): readonly Column<Row>[] =>
  names.length === 0
    ? columns.filter(({ hidden }) => hidden !== true)
    : names.map((name) => columnNamed(columns, name))

function columnNamed<Row>(columns: readonly Column<Row>[], name: string): Column<Row> {
  const column = columns.find((candidate) => candidate.name === name.toLowerCase())
  if (column !== undefined) return column
  const names = columns.map((candidate) => candidate.name).join(', ')
  throw usageFailure(`a column must be one of ${names}; got "${name}"`)
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -1 : 1
}

/** Tabs, no header, full values. */
export const tabbed = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] =>
  rows.map((row) => columns.map(({ of }) => plain(of(row))).join('\t'))

/** What a terminal can show. */
export interface Screen {
  readonly width: number
  readonly now: number
  readonly paint: Paint
}

/**
 * With capitals above, in `width` characters: ids are shortened, then the last columns go, then the last that is left is
 * cut.
 */
export function fitted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, now, paint }: Screen,
): string[] {
  const shown = columns.filter((column) => column.remark !== true || hasAny(rows, column))
  const whole = shown.map((column) => textsOf(rows, column, now))
  const texts =
    total(whole) <= width
      ? whole
      : shown.map((column) => ({
          ...column,
          texts: textsOf(rows, column, now).texts.map(shortened(rows, column)),
        }))
  while (texts.length > 1 && total(texts) > width) texts.pop()
  return lines(texts, { width, paint })
}

interface Texts {
  readonly name: string
  readonly align?: 'right'
  /** The header and a text for each row. */
  readonly texts: readonly string[]
}

const hasAny = <Row>(rows: readonly Row[], { of }: Column<Row>): boolean =>
  rows.some((row) => sortable(of(row)) !== null)

function textsOf<Row>(rows: readonly Row[], column: Column<Row>, now: number): Texts {
  const header = column.remark === true ? '' : column.name.toUpperCase()
  const texts = rows.map((row) => {
    const text = personal(column.of(row), now)
    return column.remark === true && text === '-' ? '' : text
  })
  return { ...column, texts: [header, ...texts] }
}

const shortened =
  <Row>(rows: readonly Row[], { of }: Column<Row>) =>
  (text: string, index: number): string => {
    const row = rows[index - 1]
    return row !== undefined && isId(of(row)) ? shortId(text) : text
  }

/** Ids of a kind, as `app-2b1c…`, keep the word before the dash. */
const shortId = (id: string): string => {
  const [prefix = ''] = /^(?:[a-z]+-)+(?=[0-9a-f]{8})/.exec(id) ?? []
  return id.slice(0, prefix.length + shortIdLength)
}

const isId = (cell: Cell): boolean => typeof cell === 'object' && cell !== null && 'id' in cell

const widthOf = ({ texts }: Texts): number => Math.max(...texts.map((text) => text.length))

const total = (columns: readonly Texts[]): number =>
  columns.reduce((sum, column) => sum + widthOf(column) + gap.length, -gap.length)

function lines(
  columns: readonly Texts[],
  { width, paint }: Pick<Screen, 'width' | 'paint'>,
): string[] {
  const count = columns[0]?.texts.length ?? 0
  return Array.from({ length: count }, (_, row) => {
    const cells = columns.map((column) => padded(column, row))
    const plainLine = cells.map(({ text }) => text).join(gap)
    if (plainLine.trimEnd().length > width) return `${plainLine.slice(0, width - 1)}…`
    if (row === 0) return paint.header(plainLine.trimEnd())
    return cells
      .map(({ name, text }) => paint.cell(name, text))
      .join(gap)
      .trimEnd()
  })
}

function padded(column: Texts, row: number): { name: string; text: string } {
  const { name, align, texts } = column
  const text = texts[row] ?? ''
  const width = widthOf(column)
  return { name, text: align === 'right' ? text.padStart(width) : text.padEnd(width) }
}
