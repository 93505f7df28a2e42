/** The ports at which applications are balanced: an address that stays. */
import type { Migration } from './migrate.ts'

export const balancerPorts: Migration = {
  version: 8,
  name: 'balancer ports',
  sql: `
    create table balancer_ports (
      app_id text primary key,
      port integer not null unique
    ) strict;
  `,
}
