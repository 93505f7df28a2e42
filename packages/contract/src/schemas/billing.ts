/** BillingV1: usage as invoices. No money moves here. */
import Type, { type Static } from 'typebox'
import { choice, dateTime, openChoice } from './fields.ts'

export const InvoiceStatus = choice(
  'InvoiceStatus',
  ['pending', 'paid', 'overdue'],
  '`paid` when nothing is due, else `pending`, and `overdue` after its date.',
)
export type InvoiceStatus = Static<typeof InvoiceStatus>

export const Invoice = Type.Object(
  {
    status: InvoiceStatus,
    amountDue: Type.Number({ description: 'By the price list, in its currency.' }),
    pdfUrl: Type.String({
      description: 'A page to print, for a day reachable by whoever has this address.',
    }),
    dueDate: dateTime('30 days after the end of the month.'),
    year: Type.Number({ description: 'The year of the month.' }),
    month: Type.Number({ description: 'The month (UTC), 1 to 12.' }),
    id: Type.String({ description: 'The same each time.', examples: ['inv-2026-10-6f706e83'] }),
  },
  { title: 'Invoice', description: 'What an organization used in a month that is over.' },
)
export type Invoice = Static<typeof Invoice>

export const InvoiceItem = Type.Object(
  {
    discount: Type.Optional(Type.Number({ description: 'There are none here: left out.' })),
    amount: Type.Number({ description: 'Quantity times price, rounded as the currency is.' }),
    unitPrice: Type.Number({ description: 'In the currency of the price list.' }),
    quantity: Type.Number(),
    unit: Type.String({ description: 'What is counted.', examples: ['vCPU hour'] }),
    productName: Type.String({
      description: 'The application and what it used.',
      examples: ['arena: vCPU hours'],
    }),
  },
  { title: 'InvoiceItem', description: 'What an application used of one thing.' },
)
export type InvoiceItem = Static<typeof InvoiceItem>

export const InvoiceItemPage = Type.Object(
  { invoiceItems: Type.Array(InvoiceItem) },
  { title: 'InvoiceItemPage' },
)
export type InvoiceItemPage = Static<typeof InvoiceItemPage>

export const GetUpcomingInvoiceTotalResponseBody = Type.Object(
  { value: Type.Number({ description: 'In the currency of the price list.' }) },
  { title: 'GetUpcomingInvoiceTotalResponseBody' },
)
export type GetUpcomingInvoiceTotalResponseBody = Static<typeof GetUpcomingInvoiceTotalResponseBody>

export const CustomerPortalUrl = Type.Object(
  {
    returnUrl: Type.String({
      description: 'Where the page leads back to: an http or https address.',
      maxLength: 2_000,
      examples: ['https://studio.example/account'],
    }),
  },
  { title: 'CustomerPortalUrl' },
)
export type CustomerPortalUrl = Static<typeof CustomerPortalUrl>

export const CardBrand = openChoice(
  'CardBrand',
  [
    ...['amex', 'cartes_bancaires', 'diners', 'discover', 'jcb', 'mastercard', 'visa', 'unionpay'],
    'card',
  ],
  'Who issued a card.',
)
export type CardBrand = Static<typeof CardBrand>

export const CardPaymentMethod = Type.Object(
  { last4: Type.String(), brand: CardBrand },
  { title: 'CardPaymentMethod', description: 'A card.' },
)
export type CardPaymentMethod = Static<typeof CardPaymentMethod>

export const AchPaymentMethod = Type.Object(
  { last4: Type.Optional(Type.String()), bankName: Type.Optional(Type.String()) },
  { title: 'AchPaymentMethod', description: 'A bank account.' },
)
export type AchPaymentMethod = Static<typeof AchPaymentMethod>

export const LinkPaymentMethod = Type.Object(
  { email: Type.Optional(Type.String()) },
  { title: 'LinkPaymentMethod', description: 'An account with a payment service.' },
)
export type LinkPaymentMethod = Static<typeof LinkPaymentMethod>

export const PaymentMethod = Type.Object(
  {
    card: Type.Optional(CardPaymentMethod),
    ach: Type.Optional(AchPaymentMethod),
    link: Type.Optional(LinkPaymentMethod),
  },
  { title: 'PaymentMethod', description: 'How an organization pays. Here it never does.' },
)
export type PaymentMethod = Static<typeof PaymentMethod>
