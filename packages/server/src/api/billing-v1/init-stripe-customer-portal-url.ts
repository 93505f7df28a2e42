import { HatcheryError } from '@hatchery/contract'
import { monthOf } from '../../domain/usage.ts'
import type { Handler } from '../context.ts'
import { show } from '../explain.ts'
import { assertOwnOrganization } from '../find.ts'
import { reportUrl } from '../report-url.ts'

/** Not Stripe's: our page about the present month, which leads back to where the caller came from. */
export const initStripeCustomerPortalUrl: Handler<'InitStripeCustomerPortalUrl'> = async (
  { query, body },
  context,
) => {
  assertOwnOrganization(context, query.orgId)
  const { clock, uploadKey: key } = context.services
  const { returnUrl } = body
  assertWebAddress(returnUrl)
  const now = clock.now()
  const target = { orgId: context.auth.orgId, month: monthOf(now), returnUrl }
  return reportUrl(target, { baseUrl: context.baseUrl, key, now })
}

function assertWebAddress(text: string): void {
  const protocol = URL.canParse(text) ? new URL(text).protocol : ''
  if (protocol === 'http:' || protocol === 'https:') return
  throw new HatcheryError(
    'invalid',
    `body.returnUrl must be an http or https address, such as https://studio.example/; got ${show(text)}`,
  )
}
