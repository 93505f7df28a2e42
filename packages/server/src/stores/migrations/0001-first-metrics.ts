/** The first tables of the metrics' file: a number for each process, so that a sample is small, and its samples in order of time. */
import type { Migration } from './migrate.ts'

export const firstMetrics: Migration = {
  version: 1,
  name: 'first metrics',
  sql: `
    create table measured (
      key integer primary key,
      process_id text not null unique
    ) strict;

    create table samples (
      key integer not null,
      at integer not null,
      cpu real,
      memory real,
      rate_egress real,
      total_egress real,
      active_connections real,
      primary key (key, at)
    ) strict, without rowid;
  `,
}
