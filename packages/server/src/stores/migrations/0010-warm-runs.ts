/** Runs that wait for a process to take them. */
import type { Migration } from './migrate.ts'

export const warmRuns: Migration = {
  version: 10,
  name: 'warm runs',
  sql: `
    create table warm_runs (
      seq integer primary key,
      process_id text not null unique,
      deployment_id text not null,
      region text not null,
      node_id text not null,
      is_ready integer not null,
      -- The process that it becomes, as JSON.
      record text not null
    ) strict;
    create index warm_runs_by_deployment on warm_runs (deployment_id, region, is_ready, seq);
  `,
}
