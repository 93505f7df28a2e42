/** Usage as an invoice: a line for each application and product, and their sum. No money moves. Pure. */
import type { Instant } from './clock.ts'
import type { PriceList } from './price-list.ts'
import { type AppUsage, type Month, endOf } from './usage.ts'

/** In the currency of the price list, not in hundredths of it. */
export interface InvoiceLine {
  readonly productName: string
  readonly unit: string
  readonly quantity: number
  readonly unitPrice: number
  readonly amount: number
}

const gigabyte = 1_073_741_824

export const egressGbOf = ({ egressBytes }: Pick<AppUsage, 'egressBytes'>): number =>
  egressBytes / gigabyte

/** What an application used, product by product; nothing of what it used nothing of. */
export function linesOf(usage: AppUsage, prices: PriceList): InvoiceLine[] {
  const products = [
    ['vCPU hours', 'vCPU hour', usage.vcpuHours, prices.perVcpuHour],
    ['memory GB hours', 'GB hour', usage.memoryGbHours, prices.perMemoryGbHour],
    ['egress GB', 'GB', egressGbOf(usage), prices.perEgressGb],
  ] as const
  return products.flatMap(([product, unit, used, unitPrice]) => {
    const quantity = roundedQuantity(used)
    const amount = inMoney(quantity * unitPrice, prices)
    const productName = `${usage.appName}: ${product}`
    return quantity === 0 ? [] : [{ productName, unit, quantity, unitPrice, amount }]
  })
}

/** The sum of the amounts as they are shown. */
export const totalOf = (lines: readonly Pick<InvoiceLine, 'amount'>[], prices: PriceList): number =>
  inMoney(
    lines.reduce((sum, { amount }) => sum + amount, 0),
    prices,
  )

/** As many digits as the currency has: two for most. */
const digitsOf = ({ currency }: Pick<PriceList, 'currency'>): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits ?? 2

/** Rounded to what the currency has. */
export const inMoney = (amount: number, prices: PriceList): number =>
  roundedTo(amount, digitsOf(prices))

/** Four milliseconds of a vCPU, a kilobyte of egress. */
export const roundedQuantity = (quantity: number): number => roundedTo(quantity, 6)

/** Half away from zero, as people do; a hair is added for what is no exact binary fraction. */
function roundedTo(value: number, digits: number): number {
  const scale = 10 ** digits
  return Math.round(value * scale * (1 + Number.EPSILON)) / scale
}

/** Of the usage of a finished month. */
export interface Invoice {
  readonly id: string
  readonly month: Month
  readonly amountDue: number
  readonly dueAt: Instant
  readonly status: 'pending' | 'paid' | 'overdue'
}

const dueDays = 30
const dayMs = 86_400_000

/** What costs nothing is paid. */
export function invoiceOf(
  { orgId, month, amountDue }: { orgId: string; month: Month; amountDue: number },
  now: Instant,
): Invoice {
  const dueAt = endOf(month) + dueDays * dayMs
  const status = amountDue === 0 ? 'paid' : now < dueAt ? 'pending' : 'overdue'
  const id = `inv-${month}-${orgId.replace(/^org-/, '').slice(0, 8)}`
  return { id, month, amountDue, dueAt, status }
}
