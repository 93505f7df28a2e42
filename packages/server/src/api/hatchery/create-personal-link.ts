import { HatcheryError } from '@hatchery/contract'
import { timestamp } from '../../domain/clock.ts'
import type { Handler } from '../context.ts'
import { readEmailAddress } from '../email-address.ts'
import { assertOwnOrganization } from '../find.ts'
import { getStanding } from '../find-person.ts'
import { linkTo, newPersonalToken } from '../personal-token.ts'

/**
 * Whoever makes a link can act with it as that person, also when the person may do more one day: so it takes somebody who
 * may do everything.
 */
export const createPersonalLink: Handler<'CreatePersonalLink'> = async (
  { params, body },
  context,
) => {
  assertOwnOrganization(context, params.orgId)
  const { services, auth, baseUrl } = context
  const { orgId } = params
  const userEmail = readEmailAddress(body.userEmail)
  await getStanding(context, userEmail)
  if (auth.scopes !== 'admin') {
    throw new HatcheryError(
      'missing-scope',
      `the token "${auth.tokenName}" is no admin token, and a link lets its maker act as the person: have it mailed, or ask an admin`,
    )
  }
  const made = { orgId, userEmail, isMailed: false, by: auth.by }
  const { secret, token } = await newPersonalToken(services, made)
  const expiresAt = timestamp(token.owner?.unusedUntil ?? token.createdAt)
  return { url: linkTo(baseUrl, secret), token: secret, expiresAt }
}
