/** The service configuration as written by a caller, checked and filled in as it is kept. */
import { HatcheryError, type ServiceConfig, type ServiceConfigWrite } from '@hatchery/contract'
import type { Services } from '../context.ts'
import { show } from '../explain.ts'
import { assertRegion } from '../find.ts'
import type { Auth } from '../auth.ts'

/** What a maximum of null means. */
const systemMaximum = 100

type Allocation = ServiceConfig['staticProcessAllocation'][number]
type AllocationWrite = ServiceConfigWrite['staticProcessAllocation'][number]

export function readServiceConfig(
  asker: { services: Services; auth: Auth },
  given: ServiceConfigWrite,
): ServiceConfig {
  const seen = new Set<string>()
  const staticProcessAllocation = given.staticProcessAllocation.map((write) => {
    assertRegion(asker, write.region)
    if (seen.has(write.region))
      throw invalid(write, 'stands there twice; each region may stand there once')
    seen.add(write.region)
    return readAllocation(write)
  })
  const goal = given.processAutoscalerConfig?.targetMetric.metricValue ?? 1
  if (goal > 0) return { ...given, staticProcessAllocation }
  throw new HatcheryError(
    'invalid',
    `body.serviceConfig.processAutoscalerConfig.targetMetric.metricValue must be above 0; got ${goal}`,
  )
}

/** 0 ≤ min < target (or both 0: none), min ≤ max; with autoscaling the target is its own to move, so it may be left out. */
function readAllocation(write: AllocationWrite): Allocation {
  const { minProcesses, targetProcesses } = write
  const maxProcesses = write.maxProcesses ?? systemMaximum
  if (minProcesses > maxProcesses)
    throw invalid(write, `has minProcesses ${minProcesses} above maxProcesses ${maxProcesses}`)
  if (targetProcesses === undefined && write.autoscalingEnabled !== true)
    throw invalid(write, 'lacks targetProcesses')
  if (targetProcesses !== undefined && minProcesses >= targetProcesses && minProcesses > 0)
    throw invalid(
      write,
      `needs minProcesses below targetProcesses; got ${minProcesses} and ${targetProcesses}`,
    )
  const target = targetProcesses ?? Math.min(minProcesses + 1, maxProcesses)
  return { ...write, targetProcesses: target, maxProcesses }
}

const invalid = ({ region }: AllocationWrite, problem: string): HatcheryError =>
  new HatcheryError(
    'invalid',
    `body.serviceConfig.staticProcessAllocation: region ${show(region)} ${problem}`,
  )
