/** Does things at the same time, but never more than some. */

export interface SeveralAtOnce {
  /** Begins it as soon as there is a place; throws when an earlier one failed. */
  begin(action: () => Promise<void>): Promise<void>
  /** All that began are over; throws when one failed. */
  settled(): Promise<void>
  /** All that began are over, well or not. */
  over(): Promise<void>
}

export function createSeveralAtOnce(most: number): SeveralAtOnce {
  const active = new Set<Promise<void>>()
  let failure: { readonly error: unknown } | undefined

  async function run(action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      failure ??= { error }
    }
  }

  async function over(): Promise<void> {
    await Promise.all(active)
  }

  function assertNoFailure(): void {
    if (failure !== undefined) throw failure.error
  }

  return {
    over,
    async begin(action) {
      while (active.size >= most) await Promise.race(active)
      assertNoFailure()
      const running = run(action)
      active.add(running)
      void running.then(() => active.delete(running))
    },
    async settled() {
      await over()
      assertNoFailure()
    },
  }
}
