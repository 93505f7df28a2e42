/** What is SQLite's own: the lock, the file, its schema, a full disk, and the events as they are written. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import type { Store } from '../../src/domain/store.ts'
import { orgTokenRecord } from '../../src/domain/wire.ts'
import { knownSchemas } from '../../src/stores/database-facts.ts'
import { migrate } from '../../src/stores/migrations/migrate.ts'
import { StoreLockedError, openSqliteStore } from '../../src/stores/sqlite.ts'
import {
  aNewProcess,
  aToken,
  anApplication,
  anyProcess,
  end,
  fill,
  refusal,
  run,
} from '../conformance/stores/records.ts'

let folder = ''
let file = ''
const opened: Store[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hatchery-sqlite-'))
  file = join(folder, 'hatchery.db')
})

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(at = file, installationId?: string): Promise<Store> {
  const id = installationId === undefined ? {} : { installationId }
  const store = await openSqliteStore({ file: at, clock: systemClock, ...id })
  opened.push(store)
  return store
}

describe('the file', () => {
  test('is locked against a second opener in this program', async () => {
    await open()
    const second = open()
    await expect(second).rejects.toBeInstanceOf(StoreLockedError)
    expect(await refusal(open())).toEqual({
      code: 'unavailable',
      message: `${file} is in use by another program: stop that one first`,
    })
    expect(openElsewhere()).toBe('StoreLockedError')
  })

  test('is locked against other programs until it is closed', async () => {
    const store = await open()
    expect(openElsewhere()).toBe('StoreLockedError')
    await store.close()
    expect(openElsewhere()).toBe('opened')
  })

  test('and its log can be read by their owner only', async () => {
    const store = await open()
    await fill(store)
    for (const name of await readdir(folder)) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    }
    expect(await readdir(folder)).toContain('hatchery.db-wal')
  })

  test('keeps the id that its first opening was given', async () => {
    const first = await open(file, 'the-first')
    expect(first.installationId).toBe('the-first')
    await first.close()
    expect((await open(file, 'another')).installationId).toBe('the-first')
  })

  test('of a newer version is refused and left alone', async () => {
    await (await open()).close()
    const db = new DatabaseSync(file)
    db.exec("insert into migrations (version, name) values (999, 'from the future')")
    db.close()
    expect(await refusal(open())).toEqual({
      code: 'unavailable',
      message: `${file} has schema 999 and this version of Hatchery knows up to ${knownSchemas.store}: start the newer version, or restore a backup`,
    })
  })

  test('that is no database is refused', async () => {
    await writeFile(file, 'x'.repeat(10_000))
    expect((await refusal(open())).message).toContain('file is not a database')
  })

  test('a step of the schema that fails leaves nothing and is done the next time', () => {
    const db = new DatabaseSync(':memory:')
    const first = { version: 1, name: 'one', sql: 'create table one (a integer)' }
    const broken = { version: 2, name: 'two', sql: 'create table two (a integer); no sql' }
    expect(() => migrate(db, [first, broken])).toThrow('syntax error')
    expect(tablesOf(db)).toEqual(['migrations', 'one'])
    migrate(db, [first, { ...broken, sql: 'create table two (a integer)' }])
    expect(tablesOf(db)).toEqual(['migrations', 'one', 'two'])
    db.close()
  })
})

const tablesOf = (db: DatabaseSync): unknown[] =>
  db
    .prepare("select name from sqlite_schema where type = 'table' order by name")
    .all()
    .map(({ name }) => name)

/** Opens the store in another program; answers what came of it. */
function openElsewhere(): string {
  const module = join(import.meta.dirname, '../../src/stores/sqlite.ts')
  const script = `
    const { openSqliteStore } = await import(${JSON.stringify(module)})
    const clock = { now: () => Date.now() }
    const outcome = await openSqliteStore({ file: ${JSON.stringify(file)}, clock }).then(
      (store) => store.close().then(() => 'opened'),
      (error) => error.constructor.name,
    )
    console.log(outcome)`
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--no-warnings', '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  )
  return stdout.trim() || stderr
}

describe('a full disk', () => {
  const mounted = process.platform === 'linux' && process.getuid?.() === 0

  test.runIf(mounted)(
    'refuses what cannot be written, says so, and goes on once there is room',
    async () => {
      const disk = join(folder, 'disk')
      spawnSync('mkdir', [disk])
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]).status).toBe(0)
      try {
        const store = await open(join(disk, 'hatchery.db'))
        await fill(store)
        const spare = join(disk, 'spare')
        await writeFile(spare, Buffer.alloc(512 * 1024))
        const error = await insertUntilRefused(store)
        expect(error).toMatchObject({
          code: 'unavailable',
          message: 'the disk of the data folder is full: free space',
          retryAfterSeconds: 30,
        })
        const before = await store.countProcesses(anyProcess())
        expect(await store.listUnfinished()).toHaveLength(before)
        await rm(spare)
        await store.insertProcess(aNewProcess({ processId: 'with-room-again' }), null)
        expect(await store.countProcesses(anyProcess())).toBe(before + 1)
        await store.close()
      } finally {
        spawnSync('umount', [disk])
      }
    },
  )
})

async function insertUntilRefused(store: Store): Promise<unknown> {
  for (let turn = 0; turn < 200; turn += 1) {
    const inserts = Array.from({ length: 20 }, (_, index) =>
      store.insertProcess(aNewProcess({ processId: `filler-${turn}-${index}` }), null),
    )
    const outcomes = await Promise.allSettled(inserts)
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    if (refused.length === 0) continue
    expect(refused).toHaveLength(20)
    return refused[0]?.reason
  }
  throw new Error('the disk did not get full')
}

describe('events', () => {
  test('tell each change in its commit, without secrets', async () => {
    const store = await open()
    await fill(store)
    await store.insertProcess(aNewProcess(), null)
    await run(store, 'process-1')
    await store.changeProcess('process-1', (process) => process)
    await store.insertProcess(aNewProcess(), null).catch(() => 'exists already')
    await end(store, 'process-1')
    await store.close()
    const events = eventsIn(file)
    expect(events.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'token token-1',
      'application app-1',
      'build bld-1',
      'deployment dep-1',
      'process process-1',
      'process process-1',
      'process process-1',
    ])
    const bodies = events.map(({ body }) => String(body))
    expect(bodies.slice(4).map((body) => (JSON.parse(body) as { status: string }).status)).toEqual([
      'starting',
      'running',
      'stopped',
    ])
    expect(bodies.join()).not.toContain(anApplication().appSecret)
    expect(bodies.join()).not.toContain(aToken().hash)
  })

  test('tell of a token that it was made and revoked, as the API shows it', async () => {
    const store = await open()
    await fill(store)
    const token = aToken({ orgTokenId: 'token-2', name: 'ci', hash: 'c'.repeat(64), scopes: [] })
    await store.insertToken(token)
    await store.insertToken({ ...token, orgTokenId: 'token-3' }).catch(() => 'taken')
    for (const at of [5, 9]) await store.revokeToken('org-1', 'token-2', at)
    await store.close()
    const events = eventsIn(file).filter(({ subject }) => String(subject) !== 'token-1')
    const shown = orgTokenRecord(token)
    expect(
      events.slice(-2).map(({ org_id, app_id, kind, body }) => ({
        ...{ org_id, app_id, kind, body: JSON.parse(String(body)) as unknown },
      })),
    ).toEqual([
      { org_id: 'org-1', app_id: null, kind: 'token', body: shown },
      { org_id: 'org-1', app_id: null, kind: 'token', body: { ...shown, status: 'revoked' } },
    ])
    expect(JSON.stringify(shown)).not.toContain(token.hash)
  })

  test('are pruned by age and number, and the newest always stays', async () => {
    let now = 1_000
    const store = await openSqliteStore({ file, clock: { ...systemClock, now: () => now } })
    opened.push(store)
    await fill(store)
    now = 2_000
    await Promise.all(
      Array.from({ length: 2_500 }, (_, index) =>
        store.insertProcess(aNewProcess({ processId: `process-${index}` }), null),
      ),
    )
    await store.pruneEvents(1_500, 2_000)
    await store.close()
    const kept = eventsIn(file)
    expect(kept).toHaveLength(2_000)
    expect(kept.at(-1)).toMatchObject({ seq: 2_504, subject: 'process-2499' })
    const again = await open()
    await again.pruneEvents(Number.MAX_SAFE_INTEGER, 2_000)
    await again.close()
    expect(eventsIn(file).map(({ seq }) => seq)).toEqual([2_504])
  })
})

function eventsIn(database: string) {
  const db = new DatabaseSync(database, { readOnly: true })
  const events = db.prepare('select * from events order by seq').all()
  db.close()
  return events
}
