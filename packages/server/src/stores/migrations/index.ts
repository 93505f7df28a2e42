/** All steps of each file's schema, in order. */
import { firstMetrics } from './0001-first-metrics.ts'
import { firstTables } from './0001-first-tables.ts'
import type { Migration } from './migrate.ts'

export const storeMigrations: readonly Migration[] = [firstTables]
export const metricMigrations: readonly Migration[] = [firstMetrics]
