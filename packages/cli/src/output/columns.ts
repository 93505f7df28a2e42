/** A column of a table, and how a cell of it looks. */
import { shortDuration } from '../duration.ts'

/** `age` is a time shown as how long ago; `id` may be shortened. */
export type Cell =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | { readonly age: Date | null }
  | { readonly id: string | null | undefined }
  | { readonly bytes: number | null | undefined }

export interface Column<Row> {
  /** Lower case; what --columns and --sort call it. */
  readonly name: string
  readonly of: (row: Row) => Cell
  /** Not shown unless --columns names it. */
  readonly hidden?: true
  /** A remark: without a header on a terminal, and left out there when no row has one. */
  readonly remark?: true
  readonly align?: 'right'
}

const unknown = '-'

/** For a person: relative times, round sizes, a dash for none. */
export function personal(cell: Cell, now: number): string {
  if (isNothing(cell)) return unknown
  if (cell instanceof Date) return rfc3339(cell)
  if (typeof cell !== 'object') return printable(String(cell))
  if ('age' in cell) return cell.age === null ? unknown : shortDuration(now - cell.age.getTime())
  if ('bytes' in cell) return cell.bytes == null ? unknown : size(cell.bytes)
  return printable(cell.id ?? unknown)
}

/** For a program: full values, times as RFC 3339, nothing for none. */
export function plain(cell: Cell): string {
  const value = sortable(cell)
  if (value === null) return ''
  return isTime(cell) ? rfc3339(new Date(Number(value))) : printable(String(value))
}

/** What the order goes by. */
export function sortable(cell: Cell): string | number | null {
  if (isNothing(cell)) return null
  if (cell instanceof Date) return cell.getTime()
  if (typeof cell === 'boolean') return String(cell)
  if (typeof cell !== 'object') return cell
  if ('age' in cell) return cell.age?.getTime() ?? null
  if ('bytes' in cell) return cell.bytes ?? null
  return cell.id ?? null
}

const rfc3339 = (date: Date): string => date.toISOString()

function size(bytes: number): string {
  if (bytes < kib * kib) return `${Math.ceil(bytes / kib)} KB`
  if (bytes < kib ** 3) return `${Math.round(bytes / kib ** 2)} MB`
  return `${(bytes / kib ** 3).toFixed(1)} GB`
}

const kib = 1024

const isNothing = (cell: Cell): cell is null | undefined | '' =>
  cell === null || cell === undefined || cell === ''

const isTime = (cell: Cell): boolean =>
  cell instanceof Date || (typeof cell === 'object' && cell !== null && 'age' in cell)

/** Names and messages come from others: no line break, tab or escape sequence of theirs reaches the terminal. */
export const printable = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
