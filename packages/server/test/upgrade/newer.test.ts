/** An older program on what a newer version wrote: it says so in one line and changes nothing. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { knownSchemas } from '../../src/stores/database-facts.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const program = join(import.meta.dirname, '../../../cli/bin/hatchery.mjs')

const serve = (data: string) =>
  spawnSync(process.execPath, [program, 'serve', `--data=${data}`, '--port=0'], {
    encoding: 'utf8',
    timeout: 50_000,
  })

/** Every file with its bytes, mode and time of change. */
const picture = (data: string): string[] =>
  readdirSync(data, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const { mode, mtimeMs } = statSync(join(data, name))
      return `${name} ${mode} ${mtimeMs} ${hashOf(join(data, name))}`
    })

const hashOf = (path: string): string =>
  statSync(path).isDirectory()
    ? 'folder'
    : createHash('sha256').update(readFileSync(path)).digest('hex')

function run(file: string, statement: string): void {
  const db = new DatabaseSync(file)
  db.exec(statement)
  db.close()
}

const fromTheFuture = "insert into migrations (version, name) values (999, 'from the future')"

test.each([
  { name: 'hatchery.db', known: knownSchemas.store },
  { name: 'metrics.db', known: knownSchemas.metrics },
])('$name of a newer version is refused', async ({ name, known }) => {
  const { data, server } = await startWithFakes()
  await server.close()
  const file = join(data, name)
  run(file, fromTheFuture)
  const before = picture(data)

  const { status, stdout, stderr } = serve(data)

  expect(stderr).toBe(
    `error: ${file} has schema 999 and this version of Hatchery knows up to ${known}: start the newer version, or restore a backup\n`,
  )
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(picture(data)).toEqual(before)
})

test('records are not brought to today’s schema when the measurements cannot be used', async () => {
  const { data, server } = await startWithFakes()
  await server.close()
  const records = join(data, 'hatchery.db')
  run(records, 'delete from migrations where version > 1')
  run(join(data, 'metrics.db'), fromTheFuture)
  const before = picture(data)

  expect(serve(data).status).toBe(1)

  expect(picture(data)).toEqual(before)
})
