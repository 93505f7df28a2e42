/**
 * A queue of ids that need a look (the controller pattern). An id is never worked on twice at once; one added while
 * it is worked on is worked on again; a failing one backs off and never stops the others.
 */
import type { Clock } from '../domain/clock.ts'

export interface WorkQueue {
  add(id: string): void
  /** Adds it after `ms`; an earlier due time that is already set stays. */
  addAfter(id: string, ms: number): void
  /** Forgets back-off and due time of an id that needs no more looks. */
  forget(id: string): void
  /** Resolves when nothing is waiting or worked on (due times do not count). */
  settled(): Promise<void>
  /** Whether nothing is waiting or worked on now. */
  isIdle(): boolean
  /** Takes no more work and waits for what is under way. */
  close(): Promise<void>
}

export interface WorkQueueOptions {
  readonly clock: Clock
  /** How many ids are worked on at once. */
  readonly concurrency: number
  readonly work: (id: string) => Promise<void>
  readonly onError: (id: string, error: unknown, retryMs: number) => void
}

const firstRetryMs = 100
const longestRetryMs = 30_000

export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  const waiting = new Set<string>()
  const active = new Map<string, Promise<void>>()
  const again = new Set<string>()
  const due = new Map<string, { at: number; cancel: () => void }>()
  const failures = new Map<string, number>()
  const settledCallbacks: (() => void)[] = []
  let closed = false

  function add(id: string): void {
    if (closed) return
    cancelDue(id)
    if (active.has(id)) {
      again.add(id)
      return
    }
    waiting.add(id)
    pump()
  }

  function addAfter(id: string, ms: number): void {
    if (closed) return
    const at = options.clock.monotonic() + ms
    const existing = due.get(id)
    if (existing !== undefined && existing.at <= at) return
    existing?.cancel()
    due.set(id, { at, cancel: options.clock.after(ms, () => add(id)) })
  }

  function cancelDue(id: string): void {
    due.get(id)?.cancel()
    due.delete(id)
  }

  function forget(id: string): void {
    cancelDue(id)
    failures.delete(id)
  }

  function pump(): void {
    for (const id of waiting) {
      if (active.size >= options.concurrency) return
      waiting.delete(id)
      active.set(id, work(id))
    }
  }

  async function work(id: string): Promise<void> {
    try {
      await options.work(id)
      failures.delete(id)
    } catch (error) {
      const count = (failures.get(id) ?? 0) + 1
      failures.set(id, count)
      const retryMs = Math.min(firstRetryMs * 2 ** (count - 1), longestRetryMs)
      options.onError(id, error, retryMs)
      addAfter(id, retryMs)
    }
    active.delete(id)
    if (again.delete(id)) add(id)
    pump()
    if (isIdle()) for (const done of settledCallbacks.splice(0)) done()
  }

  const isIdle = (): boolean => active.size === 0 && waiting.size === 0

  const settled = (): Promise<void> =>
    isIdle() ? Promise.resolve() : new Promise((resolve) => settledCallbacks.push(resolve))

  async function close(): Promise<void> {
    closed = true
    waiting.clear()
    again.clear()
    for (const id of due.keys()) cancelDue(id)
    await Promise.all(active.values())
  }

  return { add, addAfter, forget, settled, isIdle, close }
}
