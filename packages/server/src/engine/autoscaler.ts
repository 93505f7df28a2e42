/**
 * Moves the targets of static allocations by what their processes have to do. What it knows is in memory: after a
 * restart it begins with the processes that are there, and looks back from then on, so none under load is given up.
 */
import type { Application } from '../domain/application.ts'
import { type Recommendation, scale, within } from '../domain/autoscaler.ts'
import type { Clock } from '../domain/clock.ts'
import type { ScalingState } from '../domain/engine.ts'
import type { RequestLoad, RequestSpreader } from '../domain/load-balancer.ts'
import type { Log } from '../domain/log.ts'
import type { Process } from '../domain/process.ts'
import type { Allocation } from '../domain/static-allocation.ts'

export interface AutoscalerOptions {
  readonly clock: Clock
  readonly log: Log
  /** For how long a higher target holds. */
  readonly lookBackMs: number
  readonly loadOf: RequestSpreader['loadOf']
  /** Told of each target that moved. */
  readonly onTarget: (place: Place) => void
}

export interface Autoscaler {
  /** The allocation with the target of now, and why it is that one; the first look at it begins the work. */
  scaled(place: Place, application: Application, processes: readonly Process[]): ScaledAllocation
  /** Looks at what there is to do, and moves targets. */
  round(): Promise<void>
  forget(place: Place): void
}

export interface Place {
  readonly appId: string
  readonly region: string
}

export interface ScaledAllocation extends Allocation {
  /** Null where no autoscaling is wanted. */
  readonly scaling: ScalingState | null
}

/** An application and region whose target moves. */
interface Scaled {
  readonly place: Place
  readonly bounds: Allocation
  readonly goal: number
  readonly target: number
  readonly recommendations: readonly Recommendation[]
  /** What was measured at the last look; undefined before the first. */
  readonly measured: { readonly load: RequestLoad; readonly at: number } | undefined
  readonly value: number | null
  readonly reason: string
}

const keyOf = ({ appId, region }: Place): string => `${appId} ${region}`

const nothing: Allocation = { minProcesses: 0, targetProcesses: 0, maxProcesses: 0 }

export function createAutoscaler(options: AutoscalerOptions): Autoscaler {
  const { clock, log, lookBackMs, loadOf } = options
  const known = new Map<string, Scaled>()

  function scaled(
    place: Place,
    { serviceConfig }: Application,
    processes: readonly Process[],
  ): ScaledAllocation {
    const wanted = serviceConfig?.staticProcessAllocation.find(
      ({ region }) => region === place.region,
    )
    const goal = serviceConfig?.processAutoscalerConfig?.targetMetric.metricValue
    const given = wanted ?? nothing
    if (wanted?.autoscalingEnabled !== true || given.targetProcesses === 0) {
      known.delete(keyOf(place))
      return { ...given, scaling: null }
    }
    if (goal === undefined || goal <= 0) {
      known.delete(keyOf(place))
      return { ...given, scaling: { goal: null, concurrentRequests: null, reason: noGoal } }
    }
    const before = known.get(keyOf(place)) ?? begun({ place, given, processes, goal })
    const now = { ...before, bounds: given, goal, target: within(before.target, given) }
    known.set(keyOf(place), now)
    const { target: targetProcesses, value: concurrentRequests, reason } = now
    return { ...given, targetProcesses, scaling: { goal, concurrentRequests, reason } }
  }

  /** With those that are there already, which may be busy. */
  function begun({ place, given, processes, goal }: Beginning): Scaled {
    const there = processes.filter(
      ({ isAllocated, wanted }) => isAllocated && wanted.kind === 'run',
    )
    const target = within(Math.max(given.targetProcesses, there.length), given)
    return {
      ...{ place, bounds: given, goal, target, measured: measure(place), value: null },
      recommendations: [{ at: clock.monotonic(), processes: target }],
      reason: `begun with ${target}, nothing is measured yet`,
    }
  }

  function measure({ appId, region }: Place): Scaled['measured'] {
    const load = loadOf(appId, region)
    return load && { load, at: clock.monotonic() }
  }

  function look(before: Scaled): Scaled {
    const measured = measure(before.place)
    if (measured === undefined) return { ...before, measured, value: null, reason: isOff }
    const since = before.measured
    const ms = since === undefined ? 0 : measured.at - since.at
    const { processes: running } = measured.load
    if (since === undefined || ms <= 0) return { ...before, measured }
    if (running === 0)
      return { ...before, measured, value: null, reason: 'no process takes requests' }
    const value = (measured.load.requestMs - since.load.requestMs) / ms / running
    const { target, goal, bounds, recommendations } = before
    const step = scale({
      ...{ target, running, value, goal, bounds, lookBackMs },
      ...{ before: recommendations, now: measured.at },
    })
    const reason = reasonOf({ running, value, goal, ...step })
    return { ...before, ...step, measured, value, reason }
  }

  function reasonOf({ running, value, goal, recommended, target }: Looked): string {
    const seen = `${running} ${running === 1 ? 'has' : 'have'} ${shortened(value)} requests each for a goal of ${goal}, which makes ${recommended}`
    if (recommended >= target) return seen
    return `${seen}; ${target} were needed in the last ${Math.round(lookBackMs / 1_000)} s`
  }

  return {
    scaled,
    forget: (place) => void known.delete(keyOf(place)),
    async round() {
      for (const [key, before] of known) {
        const after = look(before)
        known.set(key, after)
        if (after.target === before.target) continue
        const { place, target, reason } = after
        const from = before.target
        log.info({ event: 'allocation.scaled', ...place, from, to: target, reason }, 'scaled')
        options.onTarget(place)
      }
    },
  }
}

interface Beginning {
  readonly place: Place
  readonly given: Allocation
  readonly processes: readonly Process[]
  readonly goal: number
}

interface Looked {
  readonly running: number
  readonly value: number
  readonly goal: number
  readonly recommended: number
  readonly target: number
}

const noGoal = 'processAutoscalerConfig is missing, so nothing moves the target'
const isOff = 'the load balancer is off, so nothing is measured and the target stays'

const shortened = (value: number): number => Math.round(value * 100) / 100
