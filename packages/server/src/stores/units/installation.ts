/** The id of this installation: what it starts is stamped with it. Made once, then the database's counts. */
import { type Unit, rows, sql } from '../statements.ts'

export function* makeInstallation(installationId: string): Unit<string> {
  yield sql`
    insert into installation (only_row, installation_id) values (1, ${installationId})
    on conflict (only_row) do nothing`
  const [kept] = yield* rows<{ installation_id: string }>(
    sql`select installation_id from installation`,
  )
  return kept?.installation_id ?? installationId
}
