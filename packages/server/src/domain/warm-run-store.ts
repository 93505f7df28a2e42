/** The part of the store that keeps warm runs, as `store.ts` keeps the rest. */
import type { Place } from './placement.ts'
import type { ProcessId } from './process.ts'
import type { ProcessRequest } from './store.ts'
import type { WarmRun } from './warm-runs.ts'

export interface WarmRunStore {
  /**
   * Plans one on the first node of the place that has capacity and ports for it, which are counted from now on.
   * Undefined where none has.
   */
  planWarmRun(order: WarmOrder): Promise<WarmRun | undefined>
  /** The next process of its deployment in its region may take it. False where it is not there. */
  offerWarmRun(processId: ProcessId): Promise<boolean>
  /** None may take it any more. False where one has. */
  withdrawWarmRun(processId: ProcessId): Promise<boolean>
  /** Gives back its capacity and ports; nothing where it is not there. */
  removeWarmRun(processId: ProcessId): Promise<void>
  /** In the order in which they were planned. */
  listWarmRuns(): Promise<WarmRun[]>
}

export interface WarmOrder {
  readonly request: ProcessRequest
  readonly place: Place
  /** Numbers found taken by other programs. */
  readonly avoid: readonly number[]
}
