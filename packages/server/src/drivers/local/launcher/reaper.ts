/** Clears away what is left of ended runs, many at a time: other processes of theirs, then their cgroups. */
import { setTimeout as sleep } from 'node:timers/promises'
import { removeCgroups } from '../cgroup.ts'
import { killRuns } from '../members.ts'
import type { Unbound } from './bind-watch.ts'

/** Runs that end close together share one look at the machine's processes. */
const gatherMs = 20

/** Answers a function that takes ended runs; its promise settles when that run is cleared away. */
export function createReaper(): (run: Unbound) => Promise<void> {
  let gathered: Unbound[] = []
  let batch: Promise<void> | undefined

  const clear = async (): Promise<void> => {
    await sleep(gatherMs)
    const runs = gathered
    gathered = []
    batch = undefined
    await killRuns(runs)
    await Promise.all(runs.map((run) => removeCgroupsSoon(run.record.place.cgroups)))
  }

  return (run) => {
    gathered.push(run)
    batch ??= clear()
    return batch
  }
}

/** The kernel may keep a cgroup busy for some milliseconds after its last process. */
export async function removeCgroupsSoon(folders: readonly string[]): Promise<void> {
  for (let waitMs = 5; waitMs < 1000; waitMs *= 2) {
    if (removeCgroups(folders)) return
    await sleep(waitMs)
  }
}
