import { describe, expect, test } from 'vitest'
import type { CommonFlags } from '../src/common-flags.ts'
import { type Column, personal, plain } from '../src/output/columns.ts'
import { createOutput } from '../src/output/output.ts'
import { createPaint } from '../src/output/paint.ts'
import { fitted, sorted, tabbed } from '../src/output/table.ts'

interface Game {
  readonly id: string
  readonly name: string
  readonly since: Date | null
}

const now = Date.parse('2026-01-02T03:10:00Z')
const games: readonly Game[] = [
  { id: '3f9c21d8-0000-4000-8000-000000000000', name: 'first', since: new Date(now - 240_000) },
  { id: 'app-a07e5b11-0000-4000-8000-000000000000', name: 'the second', since: null },
]
const columns: readonly Column<Game>[] = [
  { name: 'game', of: ({ id }) => ({ id }) },
  { name: 'name', of: ({ name }) => name },
  { name: 'up', of: ({ since }) => ({ age: since }) },
]
const paint = createPaint(false)
const noFlags: CommonFlags = {
  ...{ url: undefined, token: undefined, 'token-file': undefined, app: undefined },
  ...{ config: undefined, profile: undefined, verbose: false, verbosity: undefined },
  ...{ json: false, output: undefined, quiet: false },
  ...{ columns: [], sort: undefined, limit: undefined, yes: false },
}

describe('a table', () => {
  test('has capitals and full ids where they fit', () => {
    expect(fitted(games, columns, { width: 80, now, paint })).toEqual([
      'GAME                                      NAME        UP',
      '3f9c21d8-0000-4000-8000-000000000000      first       4m',
      'app-a07e5b11-0000-4000-8000-000000000000  the second  -',
    ])
  })

  test('shortens ids where they do not, then leaves out the last columns, then cuts', () => {
    expect(fitted(games, columns, { width: 40, now, paint })).toEqual([
      'GAME          NAME        UP',
      '3f9c21d8      first       4m',
      'app-a07e5b11  the second  -',
    ])
    expect(fitted(games, columns, { width: 25, now, paint })[2]).toBe('app-a07e5b11  the second')
    expect(fitted(games, columns, { width: 9, now, paint })[2]).toBe('app-a07e…')
  })

  test('has remarks without a header, and only where there are some', () => {
    const remarked: readonly Column<Game>[] = [
      { name: 'name', of: ({ name }) => name },
      { name: 'why', of: ({ since }) => (since === null ? 'not started' : null), remark: true },
    ]
    expect(fitted(games, remarked, { width: 80, now, paint })).toEqual([
      'NAME',
      'first',
      'the second  not started',
    ])
    expect(fitted(games.slice(0, 1), remarked, { width: 80, now, paint })).toEqual([
      'NAME',
      'first',
    ])
  })

  test('colours a status on a terminal, and what is wide stays as wide', () => {
    const coloured = { width: 80, now, paint: createPaint(true) }
    const rows = [{ status: 'failed' }, { status: 'starting' }]
    const [header, failed] = fitted(
      rows,
      [{ name: 'status', of: ({ status }) => status }],
      coloured,
    )
    expect(header).toBe('\u001b[2mSTATUS\u001b[22m')
    expect(failed).toBe('\u001b[31mfailed  \u001b[39m')
  })

  test('has tabs, full values and no header for a program', () => {
    expect(tabbed(games, columns)).toEqual([
      '3f9c21d8-0000-4000-8000-000000000000\tfirst\t2026-01-02T03:06:00.000Z',
      'app-a07e5b11-0000-4000-8000-000000000000\tthe second\t',
    ])
  })

  test('is ordered by any column, both ways, with what is not known last', () => {
    const ids = (sort: string): string[] => sorted(games, columns, sort).map(({ name }) => name)
    expect(ids('name')).toEqual(['first', 'the second'])
    expect(ids('-name')).toEqual(['the second', 'first'])
    expect(ids('up')).toEqual(['first', 'the second'])
    expect(() => ids('size')).toThrow('a column must be one of game, name, up; got "size"')
  })
})

test('nothing of a name reaches the terminal as a command', () => {
  expect(personal('a\u001b[2Jb\nc\td', now)).toBe('a [2Jb c d')
  expect(plain('a\tb\nc')).toBe('a b c')
})

describe.each([
  { title: 'json', flags: { json: true }, out: `${JSON.stringify(games)}\n` },
  { title: 'json by -o', flags: { output: 'json' }, out: `${JSON.stringify(games)}\n` },
  { title: 'ids', flags: { quiet: true }, out: `${games[0]?.id}\n${games[1]?.id}\n` },
  { title: 'one column', flags: { columns: ['name'] }, out: 'first\nthe second\n' },
  { title: 'one row', flags: { limit: 1, columns: ['name'] }, out: 'first\n' },
])('a list in a pipe', ({ title, flags, out }) => {
  test(`as ${title}`, () => {
    const { list, written } = anOutput(flags)
    list(games)
    expect(written).toEqual({ stdout: out, stderr: '' })
  })
})

test('a line of a stream is safe on a terminal and untouched in a pipe', () => {
  const line = 'a\tb\u001b[31mc'
  expect(anOutput({}).lineOf(line)).toBe(`${line}\n`)
  expect(anOutput({}, true).lineOf(line)).toBe('a\tb [31mc\n')
  expect(anOutput({ json: true }, true).lineOf(line)).toBe('{"line":1}\n')
})

test('an empty list is nothing on stdout and a hint on stderr, but [] as JSON', () => {
  const text = anOutput({})
  text.list([])
  expect(text.written).toEqual({ stdout: '', stderr: 'make one\n' })
  const json = anOutput({ json: true })
  json.list([])
  expect(json.written).toEqual({ stdout: '[]\n', stderr: '' })
})

function anOutput(flags: Partial<CommonFlags>, isTTY = false) {
  const written = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr') => ({
    isTTY,
    write: (text: string) => (written[name] += text),
  })
  const output = createOutput({
    ...{ flags: { ...noFlags, ...flags }, now: () => now, paint },
    ...{ stdout: sink('stdout'), stderr: sink('stderr') },
  })
  const list = (rows: readonly Game[]): void =>
    output.list(rows, { columns, id: ({ id }) => id, empty: 'make one' })
  const lineOf = (text: string): string => {
    output.line({ line: 1 }, text)
    return written.stdout
  }
  return { list, lineOf, written }
}
