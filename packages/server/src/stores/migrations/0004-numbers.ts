/** The whole numbers that the oldest versions of the API call builds and deployments by: 1, 2, … in the order they were made. */
import type { Migration } from './migrate.ts'

export const numbers: Migration = {
  version: 4,
  name: 'numbers',
  sql: `
    -- Counted in the organization, which owns the build.
    alter table builds add column number integer not null default 0;
    update builds set number = counted.number from (
      select seq, row_number() over (partition by org_id order by seq) as number from builds
    ) as counted where counted.seq = builds.seq;
    create unique index builds_by_number on builds (org_id, number);

    -- Counted in the application.
    alter table deployments add column number integer not null default 0;
    update deployments set number = counted.number from (
      select seq, row_number() over (partition by app_id order by seq) as number from deployments
    ) as counted where counted.seq = deployments.seq;
    create unique index deployments_by_number on deployments (app_id, number);
  `,
}
