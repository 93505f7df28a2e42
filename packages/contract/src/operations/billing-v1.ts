/** BillingV1: usage as invoices. No money moves here. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import {
  CustomerPortalUrl,
  GetUpcomingInvoiceTotalResponseBody,
  Invoice,
  InvoiceItemPage,
  PaymentMethod,
} from '../schemas/billing.ts'
import { orgId } from '../schemas/fields.ts'

const tag = 'BillingV1'

const shared = {
  tag,
  access: ['billing:read-write'],
  params: {},
  query: { orgId: Type.Optional(orgId) },
  errors: [401, 404, 408, 422, 429, 500],
} as const

export const billingV1 = {
  GetBalance: operation({
    ...{ ...shared, id: 'GetBalance', method: 'get', path: '/billing/v1/balance' },
    summary: 'Get the balance',
    description: 'Always 0: no money moves here.',
    answer: { status: 200, json: Type.Number(), description: 'The balance.' },
    deprecated: true,
  }),
  GetInvoices: operation({
    ...{ ...shared, id: 'GetInvoices', method: 'get', path: '/billing/v1/invoices' },
    summary: 'List invoices',
    description:
      'Answers one for each month that is over and in which processes were used, newest first, by the prices that ' +
      'were set then.',
    answer: { status: 200, json: Type.Array(Invoice), description: 'Newest first.' },
  }),
  GetUpcomingInvoiceItems: operation({
    ...{ ...shared, id: 'GetUpcomingInvoiceItems', method: 'get' },
    path: '/billing/v1/upcoming/items',
    summary: 'See what this month is made of',
    description: 'Answers what each application used in this month so far.',
    answer: { status: 200, json: InvoiceItemPage, description: 'By application and product.' },
  }),
  GetUpcomingInvoiceTotal: operation({
    ...{ ...shared, id: 'GetUpcomingInvoiceTotal', method: 'get' },
    path: '/billing/v1/upcoming/total',
    summary: 'See what this month comes to',
    description: 'Answers the sum of what GetUpcomingInvoiceItems answers.',
    answer: { status: 200, json: GetUpcomingInvoiceTotalResponseBody, description: 'The sum.' },
  }),
  GetPaymentMethod: operation({
    ...{ ...shared, id: 'GetPaymentMethod', method: 'get', path: '/billing/v1/paymentmethod' },
    summary: 'Get the payment method',
    description: 'Always `{}`: there is none.',
    answer: { status: 200, json: PaymentMethod, description: 'No method.' },
  }),
  InitStripeCustomerPortalUrl: operation({
    ...{ ...shared, id: 'InitStripeCustomerPortalUrl', method: 'post' },
    path: '/billing/v1/customerportalurl',
    summary: 'Get the address of a page about this month',
    description:
      'Answers the address of a page that shows what was used in this month and leads back to `returnUrl`. For a day ' +
      'whoever has the address sees the page.',
    body: { json: CustomerPortalUrl },
    answer: { status: 200, json: Type.String(), description: 'The address.' },
  }),
} as const
