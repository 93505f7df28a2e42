/** Fleets, the fleet of each process, and since when each node is known. */
import type { Migration } from './migrate.ts'

export const fleets: Migration = {
  version: 6,
  name: 'fleets',
  sql: `
    create table fleets (
      seq integer primary key,
      fleet_id text not null unique,
      org_id text not null,
      name text not null,
      record text not null
    ) strict;
    create unique index fleets_by_name on fleets (org_id, name);

    -- Null: made before there were fleets.
    alter table processes add column fleet_id text;
    -- Null until a start of the server that has the node in its settings.
    alter table node_loads add column known_at integer;
  `,
}
