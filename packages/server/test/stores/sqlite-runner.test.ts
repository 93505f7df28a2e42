/** How units share a commit: each whole or not at all, and all of them lost with it. */
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, afterEach, expect, test } from 'vitest'
import { SqliteRunner } from '../../src/stores/sqlite-runner.ts'
import { type Unit, rows, sql } from '../../src/stores/statements.ts'
import { refusal } from '../conformance/stores/records.ts'

let db: DatabaseSync
let runner: SqliteRunner

beforeEach(() => {
  db = new DatabaseSync(':memory:')
  db.exec('create table notes (seq integer primary key, text text not null unique) strict')
  runner = new SqliteRunner(db)
})

afterEach(() => runner.close())

function* note(...texts: string[]): Unit<number> {
  for (const text of texts) yield sql`insert into notes (text) values (${text})`
  return texts.length
}

function* noteAndFail(text: string): Unit<never> {
  yield* note(text)
  throw new Error('changed my mind')
}

function* notes(): Unit<string[]> {
  const found = yield* rows<{ text: string }>(sql`select text from notes order by seq`)
  return found.map(({ text }) => text)
}

test('units of one turn share a commit and answer after it', async () => {
  const both = Promise.all([runner.write(() => note('a', 'b')), runner.write(() => note('c'))])
  expect(await runner.read(notes())).toEqual([])
  expect(await both).toEqual([2, 1])
  expect(await runner.read(notes())).toEqual(['a', 'b', 'c'])
})

test('a unit that throws takes back what it wrote, and its neighbours stay', async () => {
  const outcomes = await Promise.allSettled([
    runner.write(() => note('a')),
    runner.write(() => noteAndFail('b')),
    runner.write(() => note('c')),
  ])
  expect(outcomes[1]).toEqual({ status: 'rejected', reason: new Error('changed my mind') })
  expect(await runner.read(notes())).toEqual(['a', 'c'])
})

test('a statement that is refused fails its unit only, with an error of ours', async () => {
  const outcomes = await Promise.allSettled([
    runner.write(() => note('a')),
    runner.write(() => note('b', 'a')),
  ])
  expect(outcomes[0]).toEqual({ status: 'fulfilled', value: 1 })
  expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: { code: 'internal' } })
  expect(await runner.read(notes())).toEqual(['a'])
})

test('when the transaction is lost every unit of it fails, and the next one succeeds', async () => {
  db.exec('pragma max_page_count = 8')
  const long = 'x'.repeat(100_000)
  const outcomes = await Promise.allSettled([
    runner.write(() => note('a')),
    runner.write(() => note(long)),
    runner.write(() => note('c')),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(outcomes[0]).toMatchObject({ reason: { code: 'unavailable' } })
  expect(await runner.read(notes())).toEqual([])
  await runner.write(() => note('d'))
  expect(await runner.read(notes())).toEqual(['d'])
})

test('closing commits what was accepted and refuses what comes later', async () => {
  const file = new DatabaseSync(':memory:')
  file.exec('create table notes (seq integer primary key, text text not null unique) strict')
  const closing = new SqliteRunner(file)
  const accepted = closing.write(() => note('a'))
  closing.close()
  closing.close()
  expect(await accepted).toBe(1)
  expect(await refusal(closing.write(() => note('b')))).toEqual({
    code: 'unavailable',
    message: 'the store is closed',
  })
  expect(await refusal(closing.read(notes()))).toMatchObject({ code: 'unavailable' })
})

test('a list among the values becomes as many placeholders', () => {
  expect(sql`select ${1} where text in (${['a', 'b']}) limit ${3}`).toEqual({
    text: 'select ? where text in (?, ?) limit ?',
    values: [1, 'a', 'b', 3],
  })
})
