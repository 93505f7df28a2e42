/** What the present month comes to so far. */
import { type InvoiceLine, linesOf, totalOf } from '../../domain/invoice.ts'
import { type PriceList, pricesIn } from '../../domain/price-list.ts'
import { monthOf } from '../../domain/usage.ts'
import type { ContextOf, Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

export const getUpcomingInvoiceItems: Handler<'GetUpcomingInvoiceItems'> = async (
  { query },
  context,
) => {
  const { lines } = await upcoming(context, query.orgId)
  return { invoiceItems: lines }
}

export const getUpcomingInvoiceTotal: Handler<'GetUpcomingInvoiceTotal'> = async (
  { query },
  context,
) => {
  const { lines, prices } = await upcoming(context, query.orgId)
  return { value: totalOf(lines, prices) }
}

async function upcoming(
  context: ContextOf<'GetUpcomingInvoiceItems'>,
  orgId: string | undefined,
): Promise<{ lines: InvoiceLine[]; prices: PriceList }> {
  assertOwnOrganization(context, orgId)
  const { store, clock } = context.services
  const month = monthOf(clock.now())
  const usages = await store.listUsage({ orgId: context.auth.orgId, month })
  const prices = pricesIn(month, await store.listPriceLists())
  return { lines: usages.flatMap((usage) => linesOf(usage, prices)), prices }
}
