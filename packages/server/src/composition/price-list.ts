/** The prices of the settings, as they are kept from this month on. */
import type { Config } from '../config.ts'
import type { Clock } from '../domain/clock.ts'
import { monthOf } from '../domain/usage.ts'
import type { Store } from '../domain/store.ts'

/** Of the month that runs now: what was used in months before keeps the prices that they had. */
export const keepPrices = (
  store: Pick<Store, 'keepPriceList'>,
  { usage }: Pick<Config, 'usage'>,
  clock: Clock,
): Promise<void> =>
  store.keepPriceList({
    month: monthOf(clock.now()),
    perVcpuHour: usage.pricePerVcpuHour,
    perMemoryGbHour: usage.pricePerMemoryGbHour,
    perEgressGb: usage.pricePerEgressGb,
    currency: usage.currency,
  })
