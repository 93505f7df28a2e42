/** Work that ends at Ctrl-C and after the time that `--timeout` gives it. */
import { Failure } from '../failure.ts'

/** Exit 8 when the time is over, 130 at Ctrl-C: what was begun on the server may still happen. */
export async function withTimeout<Result>(
  timeoutMs: number | undefined,
  interrupted: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const over = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)
  const signal = over === undefined ? interrupted : AbortSignal.any([interrupted, over])
  const broken = new Promise<never>((_, reject) => {
    const end = (): void => reject(endOf(signal === over || over?.aborted === true, timeoutMs))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
  return await Promise.race([work(signal), broken])
}

const endOf = (isOver: boolean, timeoutMs = 0): Failure =>
  isOver
    ? new Failure(`not done after ${timeoutMs / 1_000} s; it may still happen`, {
        ...{ exitCode: 8, code: 'timeout', attempt: 'hatchery status' },
      })
    : new Failure('broken off; what the server has begun goes on', {
        ...{ exitCode: 130, attempt: 'hatchery build list' },
      })
