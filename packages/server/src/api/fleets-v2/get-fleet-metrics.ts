import {
  type FleetMetricName,
  type FleetMetricsData,
  type MetricValue,
  fleetMetricNames,
} from '@hatchery/contract'
import type { FleetMeasure, MetricPoint } from '../../domain/metric-store.ts'
import type { Handler, Services } from '../context.ts'
import { assertRegion, getFleet } from '../find.ts'
import { metricPeriod } from '../metric-period.ts'

/** Of all regions together. */
export const getFleetMetrics: Handler<'GetFleetMetrics' | 'GetFleetMetricsDeprecated'> = async (
  { params, query },
  context,
) => {
  const { fleetId } = await getFleet(context, params.fleetId, query.orgId)
  return await metricsOf(context.services, { fleetId, region: null, query })
}

export const getFleetRegionMetrics: Handler<
  'GetFleetRegionMetrics' | 'GetFleetRegionMetricsDeprecated'
> = async ({ params, query }, context) => {
  const { fleetId } = await getFleet(context, params.fleetId, query.orgId)
  assertRegion(context, params.region)
  return await metricsOf(context.services, { fleetId, region: params.region, query })
}

interface Asked {
  readonly fleetId: string
  readonly region: string | null
  readonly query: Parameters<typeof metricPeriod>[0] & {
    readonly metrics?: readonly FleetMetricName[] | undefined
  }
}

/** Every metric where none is named; one not asked for is absent. */
async function metricsOf(
  { metrics, clock }: Services,
  { fleetId, region, query }: Asked,
): Promise<FleetMetricsData> {
  const period = metricPeriod(query, clock.now())
  const points = await metrics.readFleet({ fleetId, region, ...period })
  const asked = query.metrics?.length ? query.metrics : fleetMetricNames
  return Object.fromEntries(asked.map((name) => [name, series[name](points)]))
}

const series = {
  provisionedTotal: ({ provisionedBareMetal, provisionedCloud }) =>
    provisionedBareMetal.map(({ value, timestamp }, index) => ({
      value: value + (provisionedCloud[index]?.value ?? 0),
      timestamp,
    })),
  provisionedBareMetal: ({ provisionedBareMetal }) => provisionedBareMetal,
  provisionedCloud: ({ provisionedCloud }) => provisionedCloud,
  utilized: ({ utilized }) => utilized,
  // Parts of a machine are counted by what is requested; what else runs on it is nobody's.
  systemOverhead: () => [],
} as const satisfies Record<
  FleetMetricName,
  (points: Record<FleetMeasure, MetricPoint[]>) => MetricValue[]
>
