/** What usage would cost, by a list that the operator sets. No money moves. Pure. */
import type { Month } from './usage.ts'

export interface PriceList {
  readonly perVcpuHour: number
  readonly perMemoryGbHour: number
  readonly perEgressGb: number
  /** ISO 4217: `USD`. */
  readonly currency: string
}

/** A list that was in force in a month and holds until another one follows. */
export interface DatedPriceList extends PriceList {
  readonly month: Month
}

const unknown: DatedPriceList = {
  ...{ month: '', perVcpuHour: 0, perMemoryGbHour: 0, perEgressGb: 0, currency: 'USD' },
}

/** That of the month itself, else of the nearest before it; what was used before there was a list is priced by the first. */
export function pricesIn(month: Month, lists: readonly DatedPriceList[]): PriceList {
  const inOrder = lists.toSorted((a, b) => (a.month < b.month ? -1 : 1))
  const { month: _, ...prices } =
    inOrder.findLast((list) => list.month <= month) ?? inOrder[0] ?? unknown
  return prices
}
