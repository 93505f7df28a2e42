import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

/** Nobody pays here, so nobody owes anything. */
export const getBalance: Handler<'GetBalance'> = async ({ query }, context) => {
  assertOwnOrganization(context, query.orgId)
  return 0
}
