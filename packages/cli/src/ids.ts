/** Things are named by any unique beginning of their id, and some by a name or tag. */
import { Failure, usageFailure } from './failure.ts'

export interface Candidate {
  readonly id: string
  /** Names or tags that mean it as a whole word. */
  readonly names?: readonly string[]
  /** What tells it from others, for the list of candidates. */
  readonly label?: string
}

export interface Naming {
  /** What it is, as `process`. */
  readonly noun: string
  /** The command that lists them. */
  readonly list: string
  /** Where it was named, unless on the command line. */
  readonly by?: string
}

const shortest = 4

/**
 * The one candidate that is meant: by its whole id, else by name (the first of several with a tag, which is the newest),
 * else by the beginning of its id. Throws a Failure: 2 for too short or ambiguous, 3 for none.
 */
export function pick<One extends Candidate>(
  given: string,
  candidates: readonly One[],
  { noun, list, by }: Naming,
): One {
  const whole =
    candidates.find(({ id }) => id === given) ??
    candidates.find(({ names = [] }) => names.includes(given))
  if (whole !== undefined) return whole
  if (given.length < shortest)
    throw usageFailure(
      `there is no ${noun} ${given}; the beginning of an id has at least ${shortest} characters`,
      list,
    )
  const [first, ...others] = candidates.filter(({ id }) => begins(id, given))
  if (first === undefined)
    throw new Failure(`there is no ${noun} ${given}${by === undefined ? '' : ` (from ${by})`}`, {
      ...{ attempt: list, exitCode: 3, code: 'not-found' },
    })
  if (others.length > 0) throw ambiguous(given, [first, ...others], { noun, list })
  return first
}

/** The word that all ids of a kind begin with may be left out: `2b1c6f0e` for `app-2b1c6f0e-…`. */
const begins = (id: string, given: string): boolean =>
  id.startsWith(given) || id.replace(/^(?:[a-z]+-)+(?=[0-9a-f]{8})/, '').startsWith(given)

function ambiguous(given: string, fitting: readonly Candidate[], { noun, list }: Naming): Failure {
  const shown = fitting.slice(0, 10).map(({ id, label }) => `  ${id}${label ? `  ${label}` : ''}`)
  const more = fitting.length > 10 ? [`  and ${fitting.length - 10} more`] : []
  const lines = [
    `${given} is the beginning of ${fitting.length} ids of a ${noun}:`,
    ...shown,
    ...more,
  ]
  return new Failure(lines.join('\n'), { attempt: list, exitCode: 2, code: 'ambiguous' })
}
