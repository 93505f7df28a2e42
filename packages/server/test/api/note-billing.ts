/** Asks the operations on usage, for the test of every operation's answer. */
import type { operations } from '@hatchery/contract'
import { call } from '../support/json-call.ts'
import type { FakeHatchery } from '../support/start-with-fakes.ts'

interface Noting {
  readonly hatchery: FakeHatchery
  readonly note: (id: keyof typeof operations, answer: Promise<Response>) => Promise<Response>
}

export async function noteBilling({ hatchery, note }: Noting): Promise<void> {
  const ask = (id: keyof typeof operations, path: string) => note(id, call(hatchery, 'GET', path))
  await ask('GetBalance', '/billing/v1/balance')
  await ask('GetInvoices', '/billing/v1/invoices')
  await ask('GetPaymentMethod', '/billing/v1/paymentmethod')
  await ask('GetUpcomingInvoiceItems', '/billing/v1/upcoming/items')
  await ask('GetUpcomingInvoiceTotal', '/billing/v1/upcoming/total')
  await ask('GetUsageLimits', '/orgs/v1/metadata/usageLimits')
  await ask('GetUsage', '/hatchery/v1/usage')
  const portal = '/billing/v1/customerportalurl'
  const returnUrl = 'https://studio.example/'
  const answer = await note(
    'InitStripeCustomerPortalUrl',
    call(hatchery, 'POST', portal, { returnUrl }),
  )
  await note('GetUsageReport', fetch((await answer.json()) as string))
}
