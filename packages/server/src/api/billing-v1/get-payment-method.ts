import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

/** Nobody pays here: there is none. */
export const getPaymentMethod: Handler<'GetPaymentMethod'> = async ({ query }, context) => {
  assertOwnOrganization(context, query.orgId)
  return {}
}
