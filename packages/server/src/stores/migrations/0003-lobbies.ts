/** Lobbies: what a room that a player made has beside the room itself. */
import type { Migration } from './migrate.ts'

export const lobbies: Migration = {
  version: 3,
  name: 'lobbies',
  sql: `
    create table lobbies (
      room_seq integer primary key,
      app_id text not null,
      visibility text not null,
      region text not null,
      short_code text not null,
      created_by text not null,
      created_at integer not null,
      state text
    ) strict;
    create index lobbies_by_code on lobbies (app_id, short_code, room_seq);
    create index lobbies_of_player on lobbies (app_id, created_by, created_at);
  `,
}
