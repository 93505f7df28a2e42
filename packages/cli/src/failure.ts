/** A failure for the person at the keyboard: what was wrong, the way out, and the exit code. */

export interface FailureOptions {
  readonly exitCode: number
  /** The command to type next. */
  readonly attempt?: string | undefined
  /** What a program can decide by, as `ambiguous`. */
  readonly code?: string
}

export class Failure extends Error {
  override readonly name = 'Failure'
  readonly attempt: string | undefined
  readonly exitCode: number
  readonly code: string | undefined

  constructor(message: string, { attempt, exitCode, code }: FailureOptions) {
    super(message)
    this.attempt = attempt
    this.exitCode = exitCode
    this.code = code
  }
}

/** The exit codes of every command. */
export const exitCodes = {
  0: 'done, or already so',
  1: 'the server or the machine failed: a bug, a driver, a disk',
  2: 'a wrong or missing argument, an ambiguous id',
  3: 'not found, or gone',
  4: 'not logged in, or the token is refused or lacks a scope',
  5: 'the server is not reachable, or is not a Hatchery',
  6: 'a limit or no capacity: trying later helps',
  7: 'the awaited thing failed: a build, a process, a rollout',
  8: '--timeout passed; it may still happen',
  130: 'Ctrl-C',
} as const

/** A wrong or missing argument. */
export const usageFailure = (message: string, attempt?: string): Failure =>
  new Failure(message, { attempt, exitCode: 2, code: 'usage' })
