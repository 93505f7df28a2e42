/** Work that comes round: each goes again some time after it ended, and a failing one is logged and goes on. */
import type { Clock } from '../domain/clock.ts'
import type { Log } from '../domain/log.ts'

export interface Round {
  readonly name: string
  readonly everyMs: number
  readonly run: () => Promise<void>
}

export interface Rounds {
  /** Resolves when those under way are over. */
  settled(): Promise<void>
  /** Starts no more and waits for those under way. */
  stop(): Promise<void>
}

export function startRounds(
  rounds: readonly Round[],
  { clock, log }: { clock: Clock; log: Log },
): Rounds {
  let stopped = false
  const cancels = new Map<string, () => void>()
  const underWay = new Set<Promise<void>>()

  function plan(round: Round): void {
    if (stopped) return
    cancels.set(
      round.name,
      clock.after(round.everyMs, () => void start(round)),
    )
  }

  async function start(round: Round): Promise<void> {
    const going = round.run().catch((error: unknown) => {
      log.error({ event: 'round.failed', round: round.name, err: error }, `${round.name} failed`)
    })
    underWay.add(going)
    await going
    underWay.delete(going)
    plan(round)
  }

  const settled = async (): Promise<void> => void (await Promise.all(underWay))

  for (const round of rounds) plan(round)
  return {
    settled,
    async stop() {
      stopped = true
      for (const cancel of cancels.values()) cancel()
      await settled()
    },
  }
}
