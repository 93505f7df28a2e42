/**
 * Rooms, what is requested of each node, and keys of requests that are safe to repeat. A room carries its stay on a
 * process itself; a stay that is over moves to `room_stays`.
 */
import type { Migration } from './migrate.ts'

export const roomsAndCapacity: Migration = {
  version: 2,
  name: 'rooms and capacity',
  sql: `
    -- The room it was started for, as JSON.
    alter table processes add column initial_room text;
    -- 1 for one that a static allocation made.
    alter table processes add column is_allocated integer not null default 0;
    -- The fullest with a free slot, then the oldest: one seek. Its condition stands word for word in the query.
    create index processes_with_slots on processes (deployment_id, region, rooms_allocated desc, seq)
      where terminated_at is null and status in ('starting', 'running')
        and wanted = '{"kind":"run"}' and rooms_allocated < rooms_per_process;

    create table rooms (
      seq integer primary key,
      room_id text not null,
      org_id text not null,
      app_id text not null,
      region text not null,
      status text not null,
      room_config text,
      -- What it was created with, once that was replaced; is_updated says so, for a config may be null.
      created_config text,
      is_updated integer not null,
      stay_id text,
      process_id text,
      placed_at integer,
      created_at integer not null,
      ended_at integer,
      end_reason text
    ) strict;
    create unique index rooms_living on rooms (app_id, room_id) where ended_at is null;
    create index rooms_over on rooms (app_id, room_id, seq) where ended_at is not null;
    create index rooms_on_process on rooms (process_id, seq) where process_id is not null;
    create index rooms_of_application on rooms (app_id, seq) where ended_at is null;
    create index rooms_ended on rooms (ended_at) where ended_at is not null;

    create table room_stays (
      seq integer primary key,
      room_seq integer not null,
      stay_id text not null,
      process_id text not null,
      placed_at integer not null,
      left_at integer not null
    ) strict;
    create index room_stays_of_room on room_stays (room_seq, seq);
    create index room_stays_on_process on room_stays (process_id, seq);

    -- What the unfinished processes of a node requested in all: hundredths of a core, kilobytes.
    create table node_loads (
      node_id text primary key,
      cpu integer not null,
      memory integer not null,
      processes integer not null,
      is_draining integer not null
    ) strict, without rowid;
    insert into node_loads (node_id, cpu, memory, processes, is_draining)
      select node_id, sum(cast(round(cpu * 100) as integer)),
        sum(cast(round(memory_mb * 1024) as integer)), count(*), 0
      from processes where terminated_at is null group by node_id;

    create table idempotency_keys (
      app_id text not null,
      key text not null,
      process_id text not null,
      at integer not null,
      primary key (app_id, key)
    ) strict, without rowid;
    create index idempotency_keys_by_age on idempotency_keys (at);
  `,
}
