/** What an organization asks of its usage. */
import type { Row } from './official-row.ts'
import { json } from './recorder.ts'

const invoice = {
  ...{ id: 'inv-2026-10-6f706e83', year: 2026, month: 10, status: 'pending', amountDue: 12.5 },
  ...{ dueDate: '2026-12-01T00:00:00.000Z', pdfUrl: 'http://127.0.0.1/hatchery/v1/usage' },
}
const item = {
  ...{ productName: 'arena: vCPU hours', unit: 'vCPU hour', quantity: 25 },
  ...{ unitPrice: 0.5, amount: 12.5 },
}
const returnUrl = 'https://studio.example/'

export const billingRows: readonly Row[] = [
  {
    id: 'GetBalance',
    ours: (c) => c.billingV1.getBalance(),
    theirs: (c) => c.billingV1.getBalance(),
    answer: json(200, 0),
  },
  {
    id: 'GetInvoices',
    ours: (c) => c.billingV1.getInvoices('org-2'),
    theirs: (c) => c.billingV1.getInvoices('org-2'),
    answer: json(200, [invoice, { ...invoice, status: 'paid', amountDue: 0 }]),
  },
  {
    id: 'GetUpcomingInvoiceItems',
    ours: (c) => c.billingV1.getUpcomingInvoiceItems(),
    theirs: (c) => c.billingV1.getUpcomingInvoiceItems(),
    answer: json(200, { invoiceItems: [item, { ...item, discount: 1 }] }),
  },
  {
    id: 'GetUpcomingInvoiceTotal',
    ours: (c) => c.billingV1.getUpcomingInvoiceTotal('org-2'),
    theirs: (c) => c.billingV1.getUpcomingInvoiceTotal('org-2'),
    answer: json(200, { value: 12.5 }),
  },
  {
    id: 'GetPaymentMethod',
    ours: (c) => c.billingV1.getPaymentMethod(),
    theirs: (c) => c.billingV1.getPaymentMethod(),
    answer: json(200, { card: { last4: '4242', brand: 'visa' } }),
  },
  {
    id: 'InitStripeCustomerPortalUrl',
    ours: (c) => c.billingV1.initStripeCustomerPortalUrl({ returnUrl }, 'org-2'),
    theirs: (c) => c.billingV1.initStripeCustomerPortalUrl({ returnUrl }, 'org-2'),
    answer: json(200, 'http://127.0.0.1/hatchery/v1/usage'),
  },
  {
    id: 'GetUsageLimits',
    ours: (c) => c.organizationsV1.getUsageLimits('org-2'),
    theirs: (c) => c.organizationsV1.getUsageLimits('org-2'),
    answer: json(200, {
      ...{ monthlyProcessVcpuHoursConsumed: 12.5, monthlyProcessVcpuHoursLimit: 100 },
      ...{ concurrentProcessVcpus7DayMax: 8, concurrentProcessVcpusLimit: 16 },
    }),
  },
]
