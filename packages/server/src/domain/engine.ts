/** What the API asks of the engine. */
import type { Build } from './build.ts'
import type { ProcessId } from './process.ts'

export interface Engine {
  /** Says that a process changed: it is looked at again soon. */
  nudge(processId: ProcessId): void
  /**
   * The output of a build, line by line, from its start to its end: begins it when it was not begun, joins
   * one that runs, replays one that is over. The build goes on when the reader leaves.
   */
  runBuild(build: Build, signal: AbortSignal): AsyncIterable<Uint8Array>
}
