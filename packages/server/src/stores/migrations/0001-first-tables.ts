/**
 * The first tables. Records that are rarely written stand as JSON in `record`, beside the columns they are
 * found by; a process has a column for each field, and `wire` is the answer of the API, ready to be sent.
 * Times are milliseconds since 1970, booleans 0 and 1.
 */
import type { Migration } from './migrate.ts'

export const firstTables: Migration = {
  version: 1,
  name: 'first tables',
  sql: `
    create table installation (
      only_row integer primary key check (only_row = 1),
      installation_id text not null
    ) strict;

    create table organizations (
      seq integer primary key,
      org_id text not null unique,
      record text not null
    ) strict;

    create table tokens (
      seq integer primary key,
      token_id text not null unique,
      org_id text not null,
      hash text not null unique,
      record text not null
    ) strict;

    create table applications (
      seq integer primary key,
      app_id text not null unique,
      org_id text not null,
      app_name text not null,
      deleted_at integer,
      record text not null
    ) strict;
    -- A name is taken while a living application of the organization has it.
    create unique index applications_living on applications (org_id, app_name) where deleted_at is null;

    create table builds (
      seq integer primary key,
      build_id text not null unique,
      org_id text not null,
      status text not null,
      content_hash text,
      deleted_at integer,
      record text not null
    ) strict;
    create index builds_of_organization on builds (org_id, seq) where deleted_at is null;
    create index builds_by_content on builds (content_hash) where content_hash is not null;
    create index builds_running on builds (seq) where status = 'running';

    create table deployments (
      seq integer primary key,
      deployment_id text not null unique,
      app_id text not null,
      build_id text not null,
      build_tag text,
      deployment_tag text,
      record text not null
    ) strict;
    create index deployments_of_application on deployments (app_id, seq);

    create table processes (
      seq integer primary key,
      process_id text not null unique,
      org_id text not null,
      app_id text not null,
      deployment_id text not null,
      build_id text not null,
      region text not null,
      node_id text not null,
      status text not null,
      wanted text not null,
      rooms_per_process integer not null,
      rooms_allocated integer not null,
      idle_timeout_enabled integer not null,
      cpu real not null,
      memory_mb real not null,
      created_at integer not null,
      scheduled_at integer,
      booted_at integer,
      started_at integer,
      stopping_at integer,
      terminated_at integer,
      ports text not null,
      exit_code integer,
      exit_reason text,
      -- 1 once the files it left are removed.
      cleaned integer not null,
      version integer not null,
      wire text not null
    ) strict;
    -- The order of lists is (created_at, seq): one seek without a filter, for a status, or for a status in a region.
    create index processes_of_application on processes (app_id, created_at, seq);
    create index processes_by_status on processes (app_id, status, created_at, seq);
    create index processes_by_region on processes (app_id, status, region, created_at, seq);
    create index processes_unfinished on processes (status, build_id) where terminated_at is null;
    create index processes_final on processes (cleaned, terminated_at) where terminated_at is not null;

    -- How many processes were ever recorded, by the time of creation in spans of 1, 24 and 768 hours:
    -- start is the number of the span since 1970. Span 0 is all of them. A count of 0 has no row.
    create table process_counters (
      app_id text not null,
      span integer not null,
      start integer not null,
      status text not null,
      region text not null,
      n integer not null,
      primary key (app_id, span, start, status, region)
    ) strict, without rowid;

    -- A number that was ever used on a node: leased while process_id is set, else free since freed_at.
    create table port_leases (
      node_id text not null,
      port integer not null,
      process_id text,
      freed_at integer,
      primary key (node_id, port)
    ) strict, without rowid;
    create index port_leases_free on port_leases (node_id, freed_at, port) where process_id is null;

    -- The range of a node, the lowest number of it that may never have been used, how many of it are leased.
    create table node_ports (
      node_id text primary key,
      low integer not null,
      high integer not null,
      fresh integer not null,
      leased integer not null
    ) strict, without rowid;

    create table events (
      seq integer primary key,
      at integer not null,
      org_id text not null,
      app_id text,
      kind text not null,
      subject text not null,
      body text not null
    ) strict;
  `,
}
