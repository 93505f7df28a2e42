/** What the API asks of the engine. */
import type { Application } from './application.ts'
import type { Build } from './build.ts'
import type { Instant } from './clock.ts'
import type { Process, ProcessId } from './process.ts'
import type { RegistryImage } from './registry-image.ts'

/** Why the autoscaler set the target that there is. */
export interface ScalingState {
  /** Concurrent requests of each process to aim for; null: none is set. */
  readonly goal: number | null
  /** Those of each process that took some, on average since the look before; null: not measured. */
  readonly concurrentRequests: number | null
  readonly reason: string
}

/** How the static allocation of a region stands. */
export interface AllocationState {
  readonly region: string
  readonly minProcesses: number
  /** That of now: with autoscaling not that of the service configuration. */
  readonly targetProcesses: number
  readonly maxProcesses: number
  readonly deploymentId: string | null
  /** Of the newest deployment. */
  readonly running: number
  readonly starting: number
  /** Of older deployments, still there. */
  readonly outdated: number
  /** Why the last one failed, while they keep failing, or why there is no room for one; and when the next is tried. */
  readonly problem: string | null
  readonly retryAt: Instant | null
  /** Null where autoscaling is off. */
  readonly scaling: ScalingState | null
}

export interface Engine {
  /** Says that the service configuration or the newest deployment of an application changed, or that it was deleted. */
  applicationChanged(application: Application): void
  /**
   * No process is started any more by static allocation, and `assertStarts` refuses; until the next start of the server.
   * Resolves when the runs that were kept ready have ended, too.
   */
  startNothing(): Promise<void>
  /** Throws `unavailable` once `startNothing` was called. */
  assertStarts(): void
  /** Says that a node takes new processes again, or none. */
  placesChanged(): void
  allocationsOf(application: Application): Promise<AllocationState[]>
  /** Says that a process changed: it is looked at again soon. */
  nudge(processId: ProcessId): void
  /**
   * Says that a room came to a process or left it: its idle clock starts anew for one that came, and one that drains
   * may end now. Costs nothing for the process itself: it is not looked at for this.
   */
  roomsChanged(process: Process, change: 'placed' | 'left'): void
  /** Since when nobody plays on a process that runs; null while somebody does, and where it never ends for that. */
  idleSince(processId: ProcessId): Instant | null
  /**
   * The output of a build, line by line, from its start to its end: begins it when it was not begun, joins
   * one that runs, replays one that is over. The build goes on when the reader leaves. `image` is what to begin one of
   * a registry with.
   */
  runBuild(build: Build, signal: AbortSignal, image?: RegistryImage): AsyncIterable<Uint8Array>
}
