/** Processes with what the table shows beside them: the tag of the build, CPU and memory. */
import type { Hatchery, MetricValue, ProcessV3 } from '@hatchery/client'
import { fewAtOnce } from './few-at-once.ts'
import type { ProcessRow } from './process-columns.ts'

/** A measurement that is older says nothing about now. */
const freshMs = 120_000

export interface RowOptions {
  readonly appId: string
  readonly now: number
  /** Asks for the measurements of each running process. */
  readonly withUsage: boolean
}

export async function processRows(
  client: Hatchery,
  processes: readonly ProcessV3[],
  { appId, now, withUsage }: RowOptions,
): Promise<ProcessRow[]> {
  if (processes.length === 0) return []
  const builds = await buildsByDeployment(client, appId)
  return await fewAtOnce(processes, async (process) => ({
    process,
    build: builds.get(process.deploymentId),
    ...(withUsage && process.status === 'running'
      ? await usageOf(client, process, now)
      : { cpu: undefined, memory: undefined }),
  }))
}

/** Tags are for looks: a token that may not read deployments shows none. */
async function buildsByDeployment(client: Hatchery, appId: string): Promise<Map<string, string>> {
  try {
    const { deployments } = await client.deploymentsV3.getDeployments(appId)
    return new Map(
      deployments.map(({ deploymentId, buildTag, buildId }) => [deploymentId, buildTag ?? buildId]),
    )
  } catch {
    return new Map()
  }
}

async function usageOf(
  client: Hatchery,
  { processId, appId }: ProcessV3,
  now: number,
): Promise<Pick<ProcessRow, 'cpu' | 'memory'>> {
  const { cpu, memory } = await client.processesV3
    .getProcessMetrics({ processId, appId, metrics: ['cpu', 'memory'], start: now - freshMs })
    .catch(() => ({ cpu: undefined, memory: undefined }))
  return { cpu: last(cpu), memory: last(memory) }
}

export const last = (series: readonly MetricValue[] | undefined): number | undefined =>
  series?.at(-1)?.value
