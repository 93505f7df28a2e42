import { roundedQuantity } from '../../domain/invoice.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

/** What is used of the limits; a limit that is not set is left out. */
export const getUsageLimits: Handler<'GetUsageLimits'> = async ({ query }, context) => {
  assertOwnOrganization(context, query.orgId)
  const { store } = context.services
  const { orgId } = context.auth
  const organization = await store.findOrganization(orgId)
  const monthly = organization?.monthlyVcpuHoursLimit ?? null
  const concurrent = organization?.concurrentVcpusLimit ?? null
  return {
    monthlyProcessVcpuHoursConsumed: roundedQuantity(await store.findMonthVcpuHours(orgId)),
    concurrentProcessVcpus7DayMax: await store.findPeakVcpus(orgId),
    ...(monthly !== null && { monthlyProcessVcpuHoursLimit: monthly }),
    ...(concurrent !== null && { concurrentProcessVcpusLimit: concurrent }),
  }
}
