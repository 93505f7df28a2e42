import { join } from 'node:path'
import { openSqliteStore } from '../../../src/stores/sqlite.ts'
import { describeStore } from './store-conformance.ts'

describeStore('SQLite', (folder, clock) =>
  openSqliteStore({ file: join(folder, 'hatchery.db'), clock }),
)
