/** Brings a database to the newest schema: numbered steps, each with its number in one transaction, so that a kill leaves it done or not begun. */
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { HatcheryError } from '@hatchery/contract'

/** A step of the schema. What was released is never changed; the next step changes it. */
export interface Migration {
  /** Counted from 1 without gaps. */
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** Refuses with `unavailable` a database that a newer version wrote. */
export function migrate(db: DatabaseSync, migrations: readonly Migration[]): void {
  db.exec(
    `create table if not exists migrations (
      version integer primary key,
      name text not null,
      applied_at integer not null default (unixepoch() * 1000)
    ) strict`,
  )
  const current = versionOf(db)
  refuseNewer(db, current, migrations.length)
  for (const migration of migrations.slice(current)) apply(db, migration)
}

/**
 * Refuses as `migrate` does, before anything is changed: where files belong together, none is brought to a newer schema
 * when another one cannot be used. One that another program has open is left to whoever opens it.
 */
export function refuseNewerFile(file: string, migrations: readonly Migration[]): void {
  if (!existsSync(file)) return
  const db = new DatabaseSync(file, { timeout: 0 })
  try {
    refuseNewer(db, versionIn(db), migrations.length)
  } finally {
    db.close()
  }
}

/** 0 where it cannot be read: opening it in earnest says why. */
function versionIn(db: DatabaseSync): number {
  try {
    return versionOf(db)
  } catch {
    return 0
  }
}

const versionOf = (db: DatabaseSync): number =>
  Number(db.prepare('select coalesce(max(version), 0) as version from migrations').get()?.version)

function refuseNewer(db: DatabaseSync, current: number, known: number): void {
  if (current <= known) return
  throw new HatcheryError(
    'unavailable',
    `${db.location()} has schema ${current} and this version of Hatchery knows up to ${known}: start the newer version, or restore a backup`,
  )
}

function apply(db: DatabaseSync, { version, name, sql }: Migration): void {
  db.exec('begin immediate')
  try {
    db.exec(sql)
    db.prepare('insert into migrations (version, name) values (?, ?)').run(version, name)
    db.exec('commit')
  } catch (error) {
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}
