/** What happens to a process next. Pure: every rule of its life stands here. */
import type { Instant } from './clock.ts'
import type { EndedObservation, Observation, RunningObservation } from './driver.ts'
import type { Exit, ExitReason } from './exit-reason.ts'
import { type Process, advance, booted, bound, drained, isFinal, stopping } from './process.ts'

/** The limits that the rules use, in milliseconds. */
export interface Limits {
  /** From `bootedAt` to the default port bound. */
  readonly bindMs: number
  /** From `createdAt` to `bootedAt`. */
  readonly startMs: number
  /** From the request to end to the force that ends. */
  readonly graceMs: number
  /** From the request to drain to the stop of what has not become empty. */
  readonly drainMs: number
}

export type Step =
  /** Nothing to do before `until` (null: before something is seen). */
  | { kind: 'wait'; until: Instant | null }
  /** Lease ports on the node. */
  | { kind: 'schedule' }
  /** Have the driver start it. */
  | { kind: 'start' }
  /** Write down what is seen: `absorb` it in one unit of the store. */
  | { kind: 'absorb' }
  /** Ask the run to end, then force it at `killAt`. */
  | { kind: 'terminate'; killAt: Instant }
  | { kind: 'kill' }
  /** Final and ended: its ports are free, nothing is left to do. */
  | { kind: 'done' }

/** Decides the next step from what is wanted and what is seen. */
export function decide(process: Process, seen: Observation, now: Instant, limits: Limits): Step {
  const alive = seen.state !== 'absent' && seen.state !== 'ended'
  if (isFinal(process.status)) return alive ? { kind: 'kill' } : { kind: 'done' }
  if (absorb(process, seen, now, limits) !== process) return { kind: 'absorb' }
  if (process.wanted.kind === 'stop') return stopStep(process, now, limits)
  if (seen.state === 'absent') return { kind: process.scheduledAt === null ? 'schedule' : 'start' }
  if (seen.state === 'held') return { kind: 'start' }
  if (seen.state === 'starting') return { kind: 'wait', until: process.createdAt + limits.startMs }
  return { kind: 'wait', until: deadline(process, limits) }
}

function stopStep(process: Process, now: Instant, limits: Limits): Step {
  const killAt = (process.stoppingAt ?? now) + limits.graceMs
  return now >= killAt ? { kind: 'kill' } : { kind: 'terminate', killAt }
}

function deadline(process: Process, limits: Limits): Instant | null {
  if (process.status === 'starting') return bindDeadline(process, limits)
  return process.wanted.kind === 'drain' ? process.wanted.at + limits.drainMs : null
}

const bindDeadline = (process: Process, limits: Limits): Instant | null =>
  process.bootedAt === null ? null : process.bootedAt + limits.bindMs

/** The process with what is seen written into it; the same object when nothing is new. */
export function absorb(process: Process, seen: Observation, now: Instant, limits: Limits): Process {
  if (isFinal(process.status)) return process
  switch (seen.state) {
    case 'absent':
      return absorbAbsence(process, now, limits)
    case 'held':
    case 'starting':
      return tooLate(process, now, limits) ? unstarted(process, now, limits) : process
    case 'running':
      return absorbRun(process, seen, now, limits)
    case 'ended':
      return absorbEnd(process, seen)
  }
}

function absorbAbsence(process: Process, now: Instant, limits: Limits): Process {
  if (process.bootedAt !== null || process.wanted.kind === 'stop') {
    return ended(process, { kind: 'lost', cause: 'no trace of it was found' }, now)
  }
  return tooLate(process, now, limits) ? unstarted(process, now, limits) : process
}

const tooLate = (process: Process, now: Instant, limits: Limits): boolean =>
  process.bootedAt === null && now >= process.createdAt + limits.startMs

const unstarted = (process: Process, now: Instant, limits: Limits): Process =>
  ended(
    process,
    { kind: 'unstarted', cause: `not running after ${Math.round(limits.startMs / 60_000)} min` },
    now,
  )

function absorbRun(
  process: Process,
  seen: RunningObservation,
  now: Instant,
  limits: Limits,
): Process {
  const next = booted(process, seen.bootedAt)
  const isOverdue = next.wanted.kind === 'drain' && now >= next.wanted.at + limits.drainMs
  if (next.status === 'draining' && isOverdue) return drained(next, now)
  if (next.status !== 'starting') return next
  if (seen.boundAt !== null) return bound(next, seen.boundAt)
  const until = bindDeadline(next, limits)
  if (until === null || now < until) return next
  const port = next.ports[0]
  const wanted =
    port === undefined ? 'its port' : `${port.port}/${port.transport === 'udp' ? 'udp' : 'tcp'}`
  const seconds = Math.round(limits.bindMs / 1000)
  return stopping(next, { kind: 'unbound', wanted, seconds, instead: seen.boundInstead }, now)
}

/** The process as it is when it cannot be started for `cause`. One that is asked to stop is simply stopped. */
export function failedToStart(process: Process, cause: string, now: Instant): Process {
  return isFinal(process.status) ? process : ended(process, { kind: 'unstarted', cause }, now)
}

/** The end of a run also tells that it ran and was bound, when nobody looked in between. */
function absorbEnd(process: Process, seen: EndedObservation): Process {
  let next = seen.bootedAt === null ? process : booted(process, seen.bootedAt)
  if (next.status === 'starting' && seen.boundAt !== null) next = bound(next, seen.boundAt)
  return ended(next, seen.exit, seen.endedAt)
}

/** A stop that was asked for ends in `stopped` whatever the exit code; code 0 of a running one too; all else fails. */
function ended(process: Process, exit: Exit, at: Instant): Process {
  const reason: ExitReason = process.wanted.kind === 'stop' ? process.wanted.why : exit
  const final = advance(process, endStatus(process, exit), at, reason)
  return exit.kind === 'code' ? { ...final, exitCode: exit.code } : final
}

function endStatus(process: Process, exit: Exit): 'stopped' | 'failed' {
  if (process.wanted.kind === 'stop')
    return process.wanted.why.kind === 'unbound' ? 'failed' : 'stopped'
  if (process.status === 'starting') return 'failed'
  return exit.kind === 'code' && exit.code === 0 ? 'stopped' : 'failed'
}
