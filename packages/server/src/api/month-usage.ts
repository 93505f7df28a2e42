/** What an organization used, with the prices that hold for it: what all operations on usage begin with. */
import { pricesIn } from '../domain/price-list.ts'
import { type Month, monthOf } from '../domain/usage.ts'
import { type UsageReport, usageReport } from '../domain/usage-report.ts'
import type { Services } from './context.ts'

type Source = Pick<Services, 'store'>

export async function reportOfMonth(
  { store }: Source,
  orgId: string,
  month: Month,
): Promise<UsageReport> {
  const usages = await store.listUsage({ orgId, month })
  return usageReport(month, usages, pricesIn(month, await store.listPriceLists()))
}

/** Of the months that are over and in which something was used, newest first. */
export async function finishedReports(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  orgId: string,
): Promise<UsageReport[]> {
  const usages = await store.listUsage({ orgId, month: null })
  const lists = await store.listPriceLists()
  const present = monthOf(clock.now())
  return [...Map.groupBy(usages, ({ month }) => month)]
    .filter(([month]) => month < present)
    .map(([month, ofMonth]) => usageReport(month, ofMonth, pricesIn(month, lists)))
    .filter(({ total }) => total.vcpuHours > 0 || total.egressGb > 0)
}
