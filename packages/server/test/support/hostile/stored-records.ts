/** What is stored, straight from the tables of a running server: to see that a refusal changed nothing. */
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface StoredRecords {
  /** Remembers how everything is now. */
  look(): void
  /** The rows that are different since the last look, as text; empty where nothing is. */
  differences(): string[]
}

/** Files whose bytes change with every commit; the server's thread is ours, so none happens while we copy. */
const names = ['hatchery.db', 'hatchery.db-wal'] as const

/** `data`: the data folder of a server in this process; `scratch`: a folder for copies. */
export function storedRecords(data: string, scratch: string): StoredRecords {
  const before = join(scratch, 'before')
  const after = join(scratch, 'after')
  let stamp = ''

  const stampNow = (): string =>
    names
      .map((name) => join(data, name))
      .map((file) => (existsSync(file) ? statSync(file, { bigint: true }) : undefined))
      .map((stat) => `${stat?.mtimeNs} ${stat?.size}`)
      .join()

  function copyTo(folder: string): void {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const name of names)
      if (existsSync(join(data, name))) copyFileSync(join(data, name), join(folder, name))
  }

  return {
    look() {
      const now = stampNow()
      if (now === stamp) return
      stamp = now
      copyTo(before)
    },
    differences() {
      if (stampNow() === stamp) return []
      copyTo(after)
      const [old, current] = [rowsIn(before), rowsIn(after)]
      return [
        ...[...old].filter((row) => !current.has(row)).map((row) => `- ${row}`),
        ...[...current].filter((row) => !old.has(row)).map((row) => `+ ${row}`),
      ]
    },
  }
}

function rowsIn(folder: string): Set<string> {
  using db = new DatabaseSync(join(folder, 'hatchery.db'))
  const tables = db.prepare("select name from sqlite_master where type = 'table'").all()
  const rows = tables.flatMap(({ name }) =>
    db
      .prepare(`select * from "${String(name)}"`)
      .all()
      .map((row) => `${String(name)} ${JSON.stringify(row)}`),
  )
  return new Set(rows)
}
