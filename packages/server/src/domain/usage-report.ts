/** What an organization used in a month, by application and in all, with what it would cost. Pure. */
import { egressGbOf, inMoney, linesOf, roundedQuantity, totalOf } from './invoice.ts'
import type { PriceList } from './price-list.ts'
import type { AppUsage, Month } from './usage.ts'

export interface Quantities {
  readonly vcpuHours: number
  readonly memoryGbHours: number
  readonly egressGb: number
  /** In the currency of the price list. */
  readonly amount: number
}

export interface AppReport extends Quantities {
  readonly appId: string
  readonly appName: string
}

export interface UsageReport {
  readonly month: Month
  readonly prices: PriceList
  readonly applications: readonly AppReport[]
  /** The sum of the amounts is that of the invoice. */
  readonly total: Quantities
}

export function usageReport(
  month: Month,
  usages: readonly AppUsage[],
  prices: PriceList,
): UsageReport {
  const applications = usages.map((usage) => reportOf(usage, prices))
  const sum = (key: keyof Quantities): number =>
    applications.reduce((total, one) => total + one[key], 0)
  const total = {
    vcpuHours: roundedQuantity(sum('vcpuHours')),
    memoryGbHours: roundedQuantity(sum('memoryGbHours')),
    egressGb: roundedQuantity(sum('egressGb')),
    amount: inMoney(sum('amount'), prices),
  }
  return { month, prices, applications, total }
}

const reportOf = (usage: AppUsage, prices: PriceList): AppReport => ({
  appId: usage.appId,
  appName: usage.appName,
  vcpuHours: roundedQuantity(usage.vcpuHours),
  memoryGbHours: roundedQuantity(usage.memoryGbHours),
  egressGb: roundedQuantity(egressGbOf(usage)),
  amount: totalOf(linesOf(usage, prices), prices),
})
