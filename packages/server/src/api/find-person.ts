/** Finds people of the caller's organization, or says in words that they are not there. */
import { HatcheryError, type Scope, type UserRole } from '@hatchery/contract'
import { type Grant, type Standing, emailAddress } from '../domain/person.ts'
import type { Auth } from './auth.ts'
import type { Services } from './context.ts'
import { show } from './explain.ts'

interface Asker {
  readonly services: Services
  readonly auth: Auth
}

/** Somebody who is invited or a member. Throws `not-found`. */
export async function getStanding({ services, auth }: Asker, userEmail: string): Promise<Standing> {
  const standing = await services.store.findStanding(auth.orgId, emailAddress(userEmail) ?? '')
  return standing ?? notThere(userEmail, 'is neither invited nor a member', auth)
}

/** A member. Throws `not-found`. */
export async function getMember(asker: Asker, userEmail: string): Promise<Standing> {
  const standing = await getStanding(asker, userEmail)
  return standing.kind === 'joined' ? standing : noMember(asker, userEmail)
}

export const noMember = ({ auth }: Pick<Asker, 'auth'>, userEmail: string): never =>
  notThere(userEmail, 'is no member', auth)

export const noInvite = ({ auth }: Pick<Asker, 'auth'>, userEmail: string): never => {
  throw new HatcheryError(
    'not-found',
    `there is no pending invite of ${show(userEmail)}; GET /orgs/v1/${auth.orgId}/invites/pending lists them`,
  )
}

function notThere(userEmail: string, problem: string, { orgId }: Auth): never {
  throw new HatcheryError(
    'not-found',
    `${show(userEmail)} ${problem}; GET /orgs/v1/${orgId}/members lists the members`,
  )
}

/** A scope that is named twice counts once. */
export const grantOf = (given: UserRole | readonly Scope[]): Grant =>
  typeof given === 'string' ? given : [...new Set(given)]
