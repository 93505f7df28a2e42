/** Ranges of port numbers of which each worker of the tests has its own: servers run side by side on one machine. */
import { randomInt } from 'node:crypto'

/** More than there are workers. */
const shares = 4
const share = Number(process.env['VITEST_POOL_ID'] ?? 0) % shares

/** One of `count` ranges of `size` numbers, the lowest of which begins at `from`; by chance, for runs side by side. */
export function ownRange(from: number, size: number, count: number): { from: number; to: number } {
  const first = from + size * (shares * randomInt(Math.floor(count / shares)) + share)
  return { from: first, to: first + size - 1 }
}
