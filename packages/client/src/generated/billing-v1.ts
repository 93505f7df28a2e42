// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfInvoice } from './date-fields.ts'
import type {
  CustomerPortalUrl,
  GetUpcomingInvoiceTotalResponseBody,
  Invoice,
  InvoiceItemPage,
  PaymentMethod,
} from './types.ts'

/** What was used, as invoices. No money moves. */
export class BillingV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Get the balance.
   *
   * Always 0: no money moves here.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getBalance(orgId?: string, options?: RequestOptions): Promise<number> {
    return this.#sender.json(
      { operation: 'GetBalance', method: 'GET', path: '/billing/v1/balance', query: { orgId } },
      options,
    )
  }

  /**
   * List invoices.
   *
   * Answers one for each month that is over and in which processes were used, newest first, by the
   * prices that were set then.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getInvoices(orgId?: string, options?: RequestOptions): Promise<Array<Invoice>> {
    return this.#sender.json(
      {
        operation: 'GetInvoices',
        method: 'GET',
        path: '/billing/v1/invoices',
        query: { orgId },
        dates: datesOfInvoice,
      },
      options,
    )
  }

  /**
   * See what this month is made of.
   *
   * Answers what each application used in this month so far.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getUpcomingInvoiceItems(
    orgId?: string,
    options?: RequestOptions,
  ): Promise<InvoiceItemPage> {
    return this.#sender.json(
      {
        operation: 'GetUpcomingInvoiceItems',
        method: 'GET',
        path: '/billing/v1/upcoming/items',
        query: { orgId },
      },
      options,
    )
  }

  /**
   * See what this month comes to.
   *
   * Answers the sum of what GetUpcomingInvoiceItems answers.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getUpcomingInvoiceTotal(
    orgId?: string,
    options?: RequestOptions,
  ): Promise<GetUpcomingInvoiceTotalResponseBody> {
    return this.#sender.json(
      {
        operation: 'GetUpcomingInvoiceTotal',
        method: 'GET',
        path: '/billing/v1/upcoming/total',
        query: { orgId },
      },
      options,
    )
  }

  /**
   * Get the payment method.
   *
   * Always `{}`: there is none.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getPaymentMethod(orgId?: string, options?: RequestOptions): Promise<PaymentMethod> {
    return this.#sender.json(
      {
        operation: 'GetPaymentMethod',
        method: 'GET',
        path: '/billing/v1/paymentmethod',
        query: { orgId },
      },
      options,
    )
  }

  /**
   * Get the address of a page about this month.
   *
   * Answers the address of a page that shows what was used in this month and leads back to
   * `returnUrl`. For a day whoever has the address sees the page.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async initStripeCustomerPortalUrl(
    customerPortalUrl: CustomerPortalUrl,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<string> {
    return this.#sender.json(
      {
        operation: 'InitStripeCustomerPortalUrl',
        method: 'POST',
        path: '/billing/v1/customerportalurl',
        query: { orgId },
        body: customerPortalUrl,
      },
      options,
    )
  }
}
