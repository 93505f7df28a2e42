/** What is measured of fleets: a number for each fleet and region, and its samples in order of time. */
import type { Migration } from './migrate.ts'

export const fleetMetrics: Migration = {
  version: 2,
  name: 'fleet metrics',
  sql: `
    create table measured_fleets (
      key integer primary key,
      fleet_id text not null,
      -- Empty: of all regions together.
      region text not null,
      unique (fleet_id, region)
    ) strict;

    create table fleet_samples (
      key integer not null,
      at integer not null,
      bare_metal real not null,
      cloud real not null,
      utilized real not null,
      primary key (key, at)
    ) strict, without rowid;
  `,
}
