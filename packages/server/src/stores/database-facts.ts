/** What a copy of a database says of itself, read without changing it. */
import { pathToFileURL } from 'node:url'
import { DatabaseSync } from 'node:sqlite'
import { metricMigrations, storeMigrations } from './migrations/index.ts'

/** The newest schema of each file that this version knows. */
export const knownSchemas = {
  store: storeMigrations.length,
  metrics: metricMigrations.length,
} as const

export interface StoreFacts {
  readonly installationId: string
  /** Content hashes of the builds that its records need. */
  readonly artifacts: readonly string[]
}

/** Nobody may write the file meanwhile. Throws what SQLite says of a file that is no database of ours. */
export const readStoreFacts = (file: string): StoreFacts =>
  reading(file, (db) => ({
    installationId: String(
      db.prepare('select installation_id as id from installation').get()?.id ?? '',
    ),
    artifacts: db
      .prepare(neededArtifacts)
      .all()
      .map(({ hash }) => String(hash)),
  }))

/** What SQLite finds wrong with the whole file; undefined when nothing is. Reads all of it. */
export function damageOf(file: string): string | undefined {
  try {
    const found = reading(file, (db) => db.prepare('pragma integrity_check(1)').get())
    const first = String(Object.values(found ?? {})[0])
    return first === 'ok' ? undefined : first
  } catch (error) {
    return (error as Error).message
  }
}

/** As `isArtifactUsed` has it. */
const neededArtifacts = `
  select distinct content_hash as hash from build_contents
  join builds on builds.build_id = build_contents.build_id
  where deleted_at is null or exists (
    select seq from processes where processes.build_id = builds.build_id and terminated_at is null)
  order by content_hash`

/** Immutable: no log and no lock file is looked for or made beside it. */
function reading<T>(file: string, look: (db: DatabaseSync) => T): T {
  const url = pathToFileURL(file)
  url.searchParams.set('immutable', '1')
  const db = new DatabaseSync(url, { readOnly: true })
  try {
    return look(db)
  } finally {
    db.close()
  }
}
