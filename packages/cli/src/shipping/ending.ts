/** How a process ended, as the exit code of the command that ran it. */
import { constants } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Hatchery, ProcessView } from '@hatchery/client'

/** Ended in a way that has no code of its own. */
const failed = 7

/** The game server's own code; 128 + n after signal n. */
export function exitStatusOf({ exitCode, status, summaryExitReason = '' }: ProcessView): number {
  if (exitCode !== null) return exitCode
  const [, signal] = /^killed by signal (SIG\w+)$/.exec(summaryExitReason) ?? []
  const number = Object.entries(constants.signals).find(([name]) => name === signal)?.[1]
  if (number !== undefined) return 128 + number
  return status === 'stopped' ? 0 : failed
}

const lookMs = 100

/** Resolves once it has ended. */
export async function untilFinal(
  client: Hatchery,
  { processId, appId }: { processId: string; appId: string },
): Promise<ProcessView> {
  for (;;) {
    const view = await client.hatchery.getProcessView(processId, appId)
    if (view.status === 'stopped' || view.status === 'failed') return view
    await delay(lookMs)
  }
}
