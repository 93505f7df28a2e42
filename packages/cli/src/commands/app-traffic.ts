/** `hatchery app scale` and `hatchery app load-balancer`: how many processes there are, and where requests reach them. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Application, Hatchery, LoadBalancerView } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure, usageFailure } from '../failure.ts'
import { appIdOf, showApp } from './app.ts'

interface ScaleFlags {
  readonly region: string | undefined
  readonly min: number | undefined
  readonly target: number | undefined
  readonly max: number | undefined
  readonly requests: number | undefined
}

type ServiceConfig = NonNullable<Application['serviceConfig']>
type Allocation = ServiceConfig['staticProcessAllocation'][number]

/** Changes how many processes a region keeps running. */
export async function scaleApp(
  context: Context,
  { words, flags }: Input<ScaleFlags>,
): Promise<void> {
  const { region, target, requests } = flags
  if (region === undefined || (target === undefined) === (requests === undefined))
    throw new Failure('--region and either --target or --requests are needed', {
      ...{ attempt: 'hatchery app scale --region Seattle --target 2', exitCode: 2, code: 'usage' },
    })
  const app = await changed(context, words[0], (before) => {
    const all = before.staticProcessAllocation
    const own = all.find((one) => one.region === region)
    const others = all.filter((one) => one.region !== region)
    if (target === 0) return { ...before, staticProcessAllocation: others }
    const staticProcessAllocation = [...others, scaled(own, { ...flags, region })]
    return { ...before, ...goalOf(requests), staticProcessAllocation }
  })
  showApp(context, app)
}

/** The rest stays as it was. */
function scaled(
  own: Allocation | undefined,
  { region, min, target, max, requests }: ScaleFlags & { readonly region: string },
): Allocation {
  const minProcesses = min ?? Math.min(own?.minProcesses ?? 0, target ?? Infinity)
  const targetProcesses = target ?? minProcesses + 1
  const maxProcesses = max ?? Math.max(own?.maxProcesses ?? 0, targetProcesses)
  const autoscalingEnabled = requests !== undefined
  return { region, minProcesses, targetProcesses, maxProcesses, autoscalingEnabled }
}

const goalOf = (requests: number | undefined): Partial<ServiceConfig> =>
  requests === undefined
    ? {}
    : {
        processAutoscalerConfig: {
          targetMetric: { metricName: 'concurrent-requests', metricValue: requests },
        },
      }

/** Shows it, and turns it on or off before. */
export async function loadBalancer(
  context: Context,
  { words, flags }: Input<{ on: boolean; off: boolean }>,
): Promise<void> {
  if (flags.on && flags.off)
    throw usageFailure('--on and --off exclude each other', 'hatchery app load-balancer -h')
  const client = await context.client()
  const { appId } =
    flags.on || flags.off
      ? await changed(context, words[0], (before) => ({
          ...before,
          loadBalancer: { enabled: flags.on },
        }))
      : { appId: await appIdOf(context, words[0]) }
  const state = await onceDecided(client, appId)
  const { enabled, urls, processes, openRequests, requestsPerSecond, problem } = state
  context.out.value(state, {
    id: urls[0] ?? '',
    rows: [
      ['load balancer', enabled ? 'on' : 'off'],
      ...urls.map((url) => ['address', url] as const),
      ['processes', processes],
      ['open requests', openRequests],
      ['requests a second', requestsPerSecond],
      ['problem', problem],
    ],
  })
}

const longestMs = 3_000
const betweenMs = 50

/** Where it was just turned on it needs a moment to listen. */
async function onceDecided(client: Hatchery, appId: string): Promise<LoadBalancerView> {
  for (let waitedMs = 0; ; waitedMs += betweenMs) {
    const state = await client.hatchery.getLoadBalancer(appId)
    const { enabled, urls, problem } = state
    if (!enabled || urls.length > 0 || problem !== null || waitedMs >= longestMs) return state
    await sleep(betweenMs)
  }
}

/** With the service configuration that `change` makes of the one that is there. */
async function changed(
  context: Context,
  word: string | undefined,
  change: (before: ServiceConfig) => ServiceConfig,
): Promise<Application> {
  const client = await context.client()
  const appId = await appIdOf(context, word)
  const { serviceConfig } = await client.appsV2.getApp(appId)
  const before = serviceConfig ?? { staticProcessAllocation: [] }
  return await client.appsV2.patchApp({ serviceConfig: change(before) }, appId)
}
