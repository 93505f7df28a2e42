/** People: those who are invited to an organization, and its members. */
import type { Migration } from './migrate.ts'

export const people: Migration = {
  version: 5,
  name: 'people',
  sql: `
    -- A person is in one of the two, or in none.
    create table invites (
      seq integer primary key,
      org_id text not null,
      user_email text not null,
      record text not null
    ) strict;
    create unique index invites_of_organization on invites (org_id, user_email);
    create index invites_of_person on invites (user_email);

    create table members (
      seq integer primary key,
      org_id text not null,
      user_email text not null,
      record text not null
    ) strict;
    create unique index members_of_organization on members (org_id, user_email);
    create index members_of_person on members (user_email);
  `,
}
