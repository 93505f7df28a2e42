/**
 * Units of work as data. A unit is a generator: it yields statements, gets the rows of each, and returns
 * its result. It knows no database and holds no connection, so that one runner may drive it synchronously
 * inside a shared transaction and another may await every statement. A unit that throws leaves nothing.
 */
export type Value = string | number | null
export type Row = Readonly<Record<string, Value>>

/** SQL with `?` for each value; no text of ours has a question mark elsewhere. */
export interface Statement {
  readonly text: string
  readonly values: readonly Value[]
}

export type Unit<T> = Generator<Statement, T, Row[]>

/** A statement; a list among the values becomes `?, ?, ?`, for `in (…)`. */
export function sql(
  parts: TemplateStringsArray,
  ...values: readonly (Value | readonly Value[])[]
): Statement {
  if (values.some((value) => Array.isArray(value))) return withLists(parts, values)
  let text = texts.get(parts)
  if (text === undefined) {
    text = parts.join('?')
    texts.set(parts, text)
  }
  return { text, values: values as readonly Value[] } // no list among them: looked above
}

/** The text of each `sql` in the source, joined once: runners look up what they prepared by it. */
const texts = new WeakMap<TemplateStringsArray, string>()

function withLists(
  parts: TemplateStringsArray,
  values: readonly (Value | readonly Value[])[],
): Statement {
  const marks = values.map((value) => (isList(value) ? value.map(() => '?').join(', ') : '?'))
  const text = parts.map((part, at) => part + (marks[at] ?? '')).join('')
  return { text, values: values.flat() }
}

const isList = (value: Value | readonly Value[]): value is readonly Value[] => Array.isArray(value)

/** One statement from its pieces. */
export const joined = (pieces: readonly Statement[]): Statement => ({
  text: pieces.map(({ text }) => text).join(' '),
  values: pieces.flatMap(({ values }) => values),
})

/** Runs one statement; its rows are what the statement's columns and the migrations say: `R` states it, nothing checks it. */
export function* rows<R extends Row>(statement: Statement): Unit<R[]> {
  return (yield statement) as R[]
}
