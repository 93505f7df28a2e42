import { timestamp } from '../../domain/clock.ts'
import { invoiceOf } from '../../domain/invoice.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'
import { finishedReports } from '../month-usage.ts'
import { reportUrl } from '../report-url.ts'

/** One for each month that is over, newest first; the page to print stands behind a signed URL. */
export const getInvoices: Handler<'GetInvoices'> = async ({ query }, context) => {
  assertOwnOrganization(context, query.orgId)
  const { services, baseUrl, auth } = context
  const { orgId } = auth
  const now = services.clock.now()
  const reports = await finishedReports(services, orgId)
  return reports.map(({ month, total }) => {
    const { id, status, amountDue, dueAt } = invoiceOf(
      { orgId, month, amountDue: total.amount },
      now,
    )
    const [year, ofYear] = month.split('-')
    return {
      ...{ id, status, amountDue, year: Number(year), month: Number(ofYear) },
      dueDate: timestamp(dueAt),
      pdfUrl: reportUrl({ orgId, month }, { baseUrl, key: services.uploadKey, now }),
    }
  })
}
