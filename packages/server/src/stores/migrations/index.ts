/** All steps of each file's schema, in order. */
import { firstMetrics } from './0001-first-metrics.ts'
import { firstTables } from './0001-first-tables.ts'
import { fleetMetrics } from './0002-fleet-metrics.ts'
import { roomsAndCapacity } from './0002-rooms-and-capacity.ts'
import { lobbies } from './0003-lobbies.ts'
import { numbers } from './0004-numbers.ts'
import { people } from './0005-people.ts'
import { fleets } from './0006-fleets.ts'
import { usage } from './0007-usage.ts'
import { balancerPorts } from './0008-balancer-ports.ts'
import { buildContents } from './0009-build-contents.ts'
import { warmRuns } from './0010-warm-runs.ts'
import type { Migration } from './migrate.ts'

export const storeMigrations: readonly Migration[] = [
  firstTables,
  roomsAndCapacity,
  lobbies,
  numbers,
  people,
  fleets,
  usage,
  balancerPorts,
  buildContents,
  warmRuns,
]
export const metricMigrations: readonly Migration[] = [firstMetrics, fleetMetrics]
