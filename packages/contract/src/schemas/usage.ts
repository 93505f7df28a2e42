/** What processes used, by application and month. */
import Type, { type Static } from 'typebox'
import { appId } from './fields.ts'

export const month = Type.String({
  description: 'A calendar month in UTC.',
  pattern: '^[1-9][0-9]{3}-(0[1-9]|1[0-2])$',
  examples: ['2026-11'],
})

const quantities = {
  vcpuHours: Type.Number({ description: 'Requested vCPU times hours.' }),
  memoryGbHours: Type.Number({ description: 'Requested GB of memory times hours.' }),
  egressGb: Type.Number({ description: 'GB that left the processes, where that is measured.' }),
  amount: Type.Number({ description: 'What it would cost by the prices of the month.' }),
}

export const AppUsageView = Type.Object(
  {
    appId,
    appName: Type.String({ description: 'Its name; that of a deleted one as it was then.' }),
    ...quantities,
  },
  { title: 'AppUsageView', description: 'What an application used in a month.' },
)
export type AppUsageView = Static<typeof AppUsageView>

export const UsagePrices = Type.Object(
  {
    perVcpuHour: Type.Number(),
    perMemoryGbHour: Type.Number(),
    perEgressGb: Type.Number(),
    currency: Type.String({ description: 'Of ISO 4217.', examples: ['USD'] }),
  },
  { title: 'UsagePrices', description: 'The prices of a month.' },
)
export type UsagePrices = Static<typeof UsagePrices>

export const UsageView = Type.Object(
  {
    month,
    isOver: Type.Boolean({ description: 'Whether the month is over.' }),
    prices: UsagePrices,
    applications: Type.Array(AppUsageView, { description: 'By name.' }),
    total: Type.Object(quantities, { title: 'UsageTotal', description: 'Of all of them.' }),
  },
  { title: 'UsageView', description: 'What an organization used in a month.' },
)
export type UsageView = Static<typeof UsageView>

export const UsageLimits = Type.Object(
  {
    monthlyProcessVcpuHoursConsumed: Type.Number({
      description: 'vCPU hours that its processes requested in this month (UTC) so far.',
    }),
    monthlyProcessVcpuHoursLimit: Type.Optional(
      Type.Number({
        description: 'Once so many are consumed no process starts; none when absent.',
      }),
    ),
    concurrentProcessVcpus7DayMax: Type.Number({
      description:
        'The most vCPU that its processes requested at once, today and on the six days before.',
    }),
    concurrentProcessVcpusLimit: Type.Optional(
      Type.Number({ description: 'The most that they may request at once; none when absent.' }),
    ),
  },
  { title: 'UsageLimits', description: 'What an organization uses, and how much it may.' },
)
export type UsageLimits = Static<typeof UsageLimits>
