/** A build may become several things, one for each kind of place: their contents get a table of their own. */
import type { Migration } from './migrate.ts'

export const buildContents: Migration = {
  version: 9,
  name: 'build-contents',
  sql: `
    create table build_contents (
      content_hash text not null,
      build_id text not null,
      primary key (content_hash, build_id)
    ) without rowid;
    insert into build_contents (content_hash, build_id)
      select content_hash, build_id from builds where content_hash is not null;
    drop index builds_by_content;
    alter table builds drop column content_hash;
  `,
}
