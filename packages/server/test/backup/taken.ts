/** Takes backups and looks at what is in them, as a restore would. */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { type TestHatchery, aFolder } from '../support/start-hatchery.ts'

/** The file of a backup that was taken through the API. */
export async function backupOf({ client }: Pick<TestHatchery, 'client'>): Promise<string> {
  const file = join(aFolder(), 'hatchery.tar')
  const bytes = await client.hatchery.createBackup()
  // Node's type of the same thing; the browser's is what the client has.
  await pipeline(Readable.fromWeb(bytes as ReadableStream), createWriteStream(file))
  return file
}

/** What contradicts itself in a data folder that no server uses, in words. */
export function contradictionsIn(data: string): string[] {
  const db = new DatabaseSync(join(data, 'hatchery.db'))
  try {
    return checks.flatMap(([what, query]) =>
      db
        .prepare(query)
        .all()
        .map((row) => `${what}: ${JSON.stringify(row)}`),
    )
  } finally {
    db.close()
  }
}

/** Each answers a row for what is wrong. */
const checks: readonly (readonly [what: string, query: string])[] = [
  ['integrity', "select * from pragma_integrity_check where integrity_check <> 'ok'"],
  [
    'counters are a recount',
    `select app_id, status, region, n from process_counters where span = 0
     except select app_id, status, region, count(*) from processes group by app_id, status, region`,
  ],
  [
    'a recount is the counters',
    `select app_id, status, region, count(*) as n from processes group by app_id, status, region
     except select app_id, status, region, n from process_counters where span = 0`,
  ],
  [
    'hours add up',
    `select app_id, status, region, sum(n) as n from process_counters where span = 1 group by app_id, status, region
     except select app_id, status, region, n from process_counters where span = 0`,
  ],
  [
    'rooms of a process',
    `select process_id, rooms_allocated from processes where terminated_at is null and rooms_allocated <>
     (select count(*) from rooms where rooms.process_id = processes.process_id)`,
  ],
  [
    'ports leased by what is over, or not as the process has them',
    `select port, process_id from port_leases where process_id is not null
     except select ports.value ->> 'port', process_id from processes, json_each(processes.ports) as ports
     where terminated_at is null`,
  ],
  [
    'ports of what runs, not leased',
    `select ports.value ->> 'port' as port, process_id from processes, json_each(processes.ports) as ports
     where terminated_at is null except select port, process_id from port_leases`,
  ],
  [
    'leases counted',
    `select node_id, leased from node_ports where leased <>
     (select count(*) from port_leases where process_id is not null
     and port_leases.node_id = node_ports.node_id and port between low and high)`,
  ],
  [
    'loads of nodes',
    `select node_id, processes from node_loads where processes <>
     (select count(*) from processes where terminated_at is null and processes.node_id = node_loads.node_id)`,
  ],
  [
    'loads of organizations',
    `select org_id, cpu from organization_loads where cpu <>
     (select coalesce(sum(round(processes.cpu * 100)), 0) from processes
      where terminated_at is null and processes.org_id = organization_loads.org_id)`,
  ],
  [
    'what processes used of this month',
    `select org_id, absent from organization_loads where absent <>
     (select coalesce(sum(round(processes.cpu * 100) * max(0, created_at - month_start)), 0) from processes
      where terminated_at is null and processes.org_id = organization_loads.org_id)`,
  ],
  [
    'what processes on record used, not counted',
    `select app_id, sum(round(cpu * 100) * (terminated_at - scheduled_at)) as cpu,
      sum(memory_mb * (terminated_at - scheduled_at)) as memory
     from processes where terminated_at > scheduled_at group by app_id
     except select app_id, cast(sum(cpu) as real), cast(sum(memory) as real) from usage group by app_id`,
  ],
  [
    'egress of what is over',
    'select process_id from measured_egress except select process_id from processes where terminated_at is null',
  ],
]
