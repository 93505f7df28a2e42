/**
 * What processes used, by organization, month and application, and how much CPU an organization requests at once. Of the
 * processes that have ended so far, those that are still on record are counted.
 */
import type { Migration } from './migrate.ts'

export const usage: Migration = {
  version: 7,
  name: 'usage',
  sql: `
    -- Of processes that have ended: hundredths of a core and megabytes, both times milliseconds; and bytes that left any.
    create table usage (
      org_id text not null,
      month text not null,
      app_id text not null,
      cpu integer not null,
      memory integer not null,
      egress integer not null,
      primary key (org_id, month, app_id)
    ) strict, without rowid;
    insert into usage (org_id, month, app_id, cpu, memory, egress)
      with recursive months (month, start, until) as (
        select strftime('%Y-%m', min(scheduled_at) / 1000, 'unixepoch'),
          unixepoch(min(scheduled_at) / 1000, 'unixepoch', 'start of month') * 1000,
          unixepoch(min(scheduled_at) / 1000, 'unixepoch', 'start of month', '+1 month') * 1000
        from processes where terminated_at is not null
        union all
        select strftime('%Y-%m', until / 1000, 'unixepoch'), until,
          unixepoch(until / 1000, 'unixepoch', '+1 month') * 1000
        from months where until <= (select max(terminated_at) from processes)
      )
      select org_id, month, app_id,
        sum(cast(round(cpu * 100) as integer) * (min(terminated_at, until) - max(scheduled_at, start))),
        sum(cast(memory_mb as integer) * (min(terminated_at, until) - max(scheduled_at, start))), 0
      from processes join months on scheduled_at < until and terminated_at > start
      where terminated_at > scheduled_at
      group by org_id, month, app_id;

    -- Bytes counted so far of a process that has not ended.
    create table measured_egress (
      process_id text primary key,
      bytes integer not null
    ) strict, without rowid;

    -- What the unfinished processes of an organization request now, and at most on the day (since 1970) of its last
    -- change: hundredths of a core. And, times milliseconds, for how long of the month that has begun then they were not
    -- there yet: what they used of it follows from that without looking at each.
    create table organization_loads (
      org_id text primary key,
      cpu integer not null,
      day integer not null,
      peak integer not null,
      month_start integer not null,
      absent integer not null
    ) strict, without rowid;
    insert into organization_loads (org_id, cpu, day, peak, month_start, absent)
      with unfinished as (
        select org_id, created_at, cast(round(cpu * 100) as integer) as units,
          unixepoch(max(created_at) over (partition by org_id) / 1000, 'unixepoch', 'start of month')
            * 1000 as month_start
        from processes where terminated_at is null
      )
      select org_id, sum(units), 0, sum(units), month_start,
        sum(units * max(0, created_at - month_start))
      from unfinished group by org_id, month_start;

    -- The most that they requested on days before that one, or since the day before it until this one.
    create table organization_peaks (
      org_id text not null,
      day integer not null,
      cpu integer not null,
      primary key (org_id, day)
    ) strict, without rowid;

    -- What usage would cost from a month on, as JSON.
    create table price_lists (
      month text primary key,
      record text not null
    ) strict, without rowid;
  `,
}
