/**
 * Warm runs: started, bound and paused before anyone asks for a process, each under the id of the process that it will
 * be. What is kept of them stands in the store, so that a process takes one in the commit that accepts it. Pure.
 */
import type { Deployment } from './deployment.ts'
import type { Observation, ProcessSpec } from './driver.ts'
import type { Process } from './process.ts'

export interface WarmRun {
  /** The process that it becomes, as it would be recorded if nobody asked for anything special. */
  readonly process: Process
  /** Whether the next process may take it. */
  readonly isReady: boolean
}

/** How many wait for each application in a region. */
export type WarmCount = (place: { appId: string; appName: string; region: string }) => number

/** `held`: as good as new. `spent`: to be ended. `running`: it has become a process without our knowing. */
export type WarmFate = 'held' | 'spent' | 'running'

/** `wanted` is what it would be started with now: a game that was given other things is of no use any more. */
export function fateOf(seen: Observation, wanted: ProcessSpec | undefined): WarmFate {
  if (seen.state === 'running') return 'running'
  if (seen.state !== 'held' || !seen.isReady || wanted === undefined) return 'spent'
  return isSame(seen.spec, wanted) ? 'held' : 'spent'
}

function isSame(one: ProcessSpec, other: ProcessSpec): boolean {
  const given = ({ env, artifact, host, cpu, memoryMb, fleetId }: ProcessSpec): string =>
    JSON.stringify([linesOf(env), artifact, host, cpu, memoryMb, fleetId])
  return given(one) === given(other)
}

const linesOf = (env: ProcessSpec['env']): string[] =>
  Object.entries(env)
    .map((pair) => pair.join('='))
    .toSorted()

export interface WarmPlan {
  readonly end: readonly WarmRun[]
  readonly make: number
}

/** Leads to `count` runs of the newest deployment: what is of another one ends, then the newest that are too many. */
export function planWarmRuns(
  runs: readonly WarmRun[],
  { deployment, count }: { deployment: Deployment | undefined; count: number },
): WarmPlan {
  const current = runs.filter(({ process }) => process.deploymentId === deployment?.deploymentId)
  const kept = new Set(current.slice(0, count))
  return {
    end: runs.filter((run) => !kept.has(run)),
    make: deployment === undefined ? 0 : count - kept.size,
  }
}
