import { inviteRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'

/** Those to other organizations only where the token came by mail: else an admin of the own could hold it. */
export const getUserPendingInvites: Handler<'GetUserPendingInvites'> = async (
  _input,
  { services, auth },
) => {
  const { userEmail, isMailed, orgId } = auth
  if (userEmail === null) return { invites: [] }
  const standings = await services.store.listStandings(userEmail)
  const invites = standings
    .filter(({ kind, person }) => kind === 'invited' && (isMailed || person.orgId === orgId))
    .map(({ person }) => inviteRecord(person))
  return { invites: invites.toReversed() }
}
