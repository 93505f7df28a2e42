/** At the end of the month the studio looks at what it used. */
import { expect } from 'vitest'
import type { Stage } from './stage.ts'

export async function lookAtUsage({ ask }: Stage): Promise<void> {
  const limits = await ask('GetUsageLimits')
  expect(limits.monthlyProcessVcpuHoursConsumed).toBeGreaterThan(0)
  expect(limits.concurrentProcessVcpus7DayMax).toBeGreaterThan(0)
  const { invoiceItems } = await ask('GetUpcomingInvoiceItems')
  expect(invoiceItems.some(({ quantity }) => quantity > 0)).toBe(true)
  expect(await ask('GetUpcomingInvoiceTotal')).toEqual({ value: 0 })
  expect(await ask('GetBalance')).toBe(0)
  expect(await ask('GetPaymentMethod')).toEqual({})
  expect(await ask('GetInvoices')).toEqual([])
  const page = await fetch(await ask('InitStripeCustomerPortalUrl'))
  expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({
    ...{ status: 200, type: 'text/html; charset=utf-8' },
  })
}
