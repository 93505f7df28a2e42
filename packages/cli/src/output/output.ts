/** What a command writes: data to stdout in the form that was asked for, talk to stderr. */
import type { CommonFlags } from '../common-flags.ts'
import { type Cell, type Column, personal, plain, printable } from './columns.ts'
import type { Paint } from './paint.ts'
import { chosen, fitted, sorted, tabbed } from './table.ts'

/** The part of a stream that is used. */
export interface Sink {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface ListOptions<Row> {
  readonly columns: readonly Column<Row>[]
  /** What --quiet prints for a row. */
  readonly id: (row: Row) => string
  /** What --json prints for a row; the row itself when left out. */
  readonly json?: (row: Row) => unknown
  /** Says, on stderr, what makes the first one when there is none. */
  readonly empty: string
}

export interface ValueOptions {
  /** What --quiet prints. */
  readonly id: string
  /** Name and value, a line each. */
  readonly rows: readonly (readonly [name: string, value: Cell])[]
  /** What `-o buildIdValue` prints. */
  readonly buildId?: string | undefined
}

export interface Output {
  readonly format: 'json' | 'text' | 'ids' | 'buildId'
  /** Whether stdout is a terminal. */
  readonly isTerminal: boolean
  /** Colours of stdout, where it has any. */
  readonly paint: Paint
  /** Sorted and cut as --sort and --limit say; `--limit` has no default of its own here. */
  list<Row>(rows: readonly Row[], options: ListOptions<Row>): void
  value(value: unknown, options: ValueOptions): void
  /** One value of a stream: JSON in a line with --json, else the text. */
  line(value: unknown, text: string): void
  /** As it is, with a line break at the end. */
  text(text: string): void
  /** A line for the person, on stderr. */
  say(text: string): void
  /**
   * What an action did: a line on stderr; on stdout the ids with --quiet and the value with --json.
   */
  did(text: string, result: { readonly ids: readonly string[]; readonly json: unknown }): void
}

export interface OutputInputs {
  readonly flags: CommonFlags
  readonly stdout: Sink
  readonly stderr: Sink
  readonly now: () => number
  readonly paint: Paint
}

export function createOutput({ flags, stdout, stderr, now, paint }: OutputInputs): Output {
  const format = formatOf(flags)
  const isTerminal = stdout.isTTY === true
  const print = (text: string): void => void stdout.write(`${text}\n`)
  const printAll = (lines: readonly string[]): void => {
    if (lines.length > 0) print(lines.join('\n'))
  }
  const say = (text: string): void => void stderr.write(`${text}\n`)
  /** In a pipe it stays as it is, to the letter. */
  const safe = (text: string): string =>
    isTerminal ? text.split('\t').map(printable).join('\t') : text
  const json = (value: unknown): string => JSON.stringify(value, null, isTerminal ? 2 : undefined)

  return {
    ...{ format, isTerminal, paint, say, text: print },
    list(all, { columns, id, json: jsonOf = (row) => row, empty }) {
      const shown = chosen(columns, flags.columns)
      const rows = limited(sorted(all, columns, flags.sort), flags.limit)
      if (format === 'json') return print(json(rows.map(jsonOf)))
      if (format !== 'text') return printAll(rows.map(id))
      if (rows.length === 0) return say(empty)
      const width = stdout.columns || 80
      printAll(isTerminal ? fitted(rows, shown, { width, now: now(), paint }) : tabbed(rows, shown))
    },
    value(value, { id, rows, buildId }) {
      if (format === 'json') return print(json(value))
      if (format === 'ids') return print(id)
      if (format === 'buildId') return print(buildId ?? id)
      if (!isTerminal) return printAll(rows.map(([name, cell]) => `${name}\t${plain(cell)}`))
      const width = Math.max(...rows.map(([name]) => name.length))
      printAll(rows.map(([name, cell]) => `${name.padEnd(width)}  ${personal(cell, now())}`))
    },
    line: (value, text) => print(format === 'json' ? JSON.stringify(value) : safe(text)),
    did(text, { ids, json: value }) {
      if (format === 'json') print(json(value))
      else if (format === 'ids') printAll(ids)
      else say(text)
    },
  }
}

function formatOf({ json, output, quiet }: CommonFlags): Output['format'] {
  if (json || output === 'json') return 'json'
  if (quiet) return 'ids'
  return output === 'buildIdValue' ? 'buildId' : 'text'
}

const limited = <Row>(rows: readonly Row[], limit: number | undefined): readonly Row[] =>
  limit === undefined || limit === 0 ? rows : rows.slice(0, limit)
