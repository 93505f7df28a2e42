/** Ends processes that drain, once no room is left and nobody is connected. */
import type { Clock } from '../domain/clock.ts'
import { type Activity, measuresUsage } from '../domain/driver.ts'
import { type Process, type ProcessId, drained } from '../domain/process.ts'
import type { Node } from '../domain/region.ts'
import type { Store } from '../domain/store.ts'

export interface DrainsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly later: (processId: ProcessId, ms: number) => void
}

export interface Drains {
  /** Answers the process with its stop asked for; undefined when it is not to end now. */
  endWhenEmpty(process: Process, node: Node): Promise<Process | undefined>
}

/** Players who stay connected after the last room ended are looked for again. */
const lookAgainMs = 2_000

export function createDrains({ store, clock, later }: DrainsOptions): Drains {
  return {
    async endWhenEmpty(process, node) {
      if (process.status !== 'draining' || process.roomsAllocated > 0) return undefined
      const activity = await activityOf(process.processId, node)
      if (activity.kind === 'known' && activity.count > 0) {
        later(process.processId, lookAgainMs)
        return undefined
      }
      // A room cannot come meanwhile, but the record may be older than the last one that came.
      const next = await store.changeProcess(process.processId, (current) =>
        current.roomsAllocated > 0 ? current : drained(current, clock.now()),
      )
      return next.status === 'draining' ? undefined : next
    },
  }
}

/** Measured now, so that nobody waits for the next round. */
async function activityOf(processId: ProcessId, { driver }: Node): Promise<Activity> {
  const [usage] = measuresUsage(driver) ? await driver.usage.usage([processId]) : []
  return usage?.activity ?? { kind: 'unknown' }
}
