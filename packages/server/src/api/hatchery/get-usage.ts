import { monthOf } from '../../domain/usage.ts'
import type { Handler } from '../context.ts'
import { reportOfMonth } from '../month-usage.ts'

/** What was used in a month, for programs. */
export const getUsage: Handler<'GetUsage'> = async ({ query }, context) => {
  const present = monthOf(context.services.clock.now())
  const month = query.month ?? present
  const report = await reportOfMonth(context.services, context.auth.orgId, month)
  const { prices, total } = report
  return { month, isOver: month < present, prices, applications: [...report.applications], total }
}
