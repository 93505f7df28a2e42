/** The arguments of `npm run bench`. */
import { parseArgs } from 'node:util'

export interface BenchArguments {
  /** Numbers of the rows to run; empty: all. */
  readonly rows: readonly number[]
  readonly rounds: number
  readonly json: boolean
  readonly small: boolean
  readonly alive: number
  readonly help: boolean
}

export const usage = `npm run bench -- [--rows 1,10] [--rounds 5] [--json] [--small] [--alive 2000]

  --rows    only these rows of the table of goals
  --rounds  how often each contender is measured; the medians are compared
  --json    prints every figure of every round instead of the table
  --small   leaves out what is stored a million times
  --alive   how many processes live in rows 12, 14, 16 and 17`

/** Throws an Error with a sentence about what is wrong. */
export function readArguments(argv: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      rows: { type: 'string', default: '' },
      rounds: { type: 'string', default: '5' },
      alive: { type: 'string', default: '2000' },
      json: { type: 'boolean', default: false },
      small: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { json, small, help } = values
  return {
    ...{ json, small, help },
    rows: values.rows === '' ? [] : values.rows.split(',').map((text) => whole('--rows', text)),
    rounds: whole('--rounds', values.rounds),
    alive: whole('--alive', values.alive),
  }
}

function whole(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`${name} takes whole numbers above 0; got ${text}`)
}
