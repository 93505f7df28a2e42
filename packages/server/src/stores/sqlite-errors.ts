/** What SQLite's errors mean to those who called the store. */
import { HatcheryError } from '@hatchery/contract'

/** Result codes, as sqlite.org lists them; the lower byte of the extended ones. */
const codes = {
  busy: 5,
  outOfMemory: 7,
  readOnly: 8,
  interrupted: 9,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const

const diskCodes: readonly number[] = [codes.full, codes.io, codes.readOnly, codes.cannotOpen]
const breakingCodes: readonly number[] = Object.values(codes)

/** A HatcheryError for an error of SQLite; any other error as it is. */
export function translated(error: unknown): Error {
  if (!(error instanceof Error))
    return new Error('something that is no error was thrown', { cause: error })
  const code = codeOf(error)
  if (code === undefined) return error
  if (code === codes.full)
    return diskError('the disk of the data folder is full: free space', error)
  if (diskCodes.includes(code)) {
    return diskError(
      `the database cannot be read or written (${error.message}): look at its disk`,
      error,
    )
  }
  return new HatcheryError('internal', `the database refused a statement: ${error.message}`, {
    cause: error,
  })
}

const diskError = (message: string, cause: Error): HatcheryError =>
  new HatcheryError('unavailable', message, { cause, retryAfterSeconds: 30 })

export const isLocked = (error: unknown): boolean => codeOf(error) === codes.busy

/** Whether the whole transaction is lost, and not the one statement only. */
export const breaksTransaction = (error: unknown): boolean =>
  breakingCodes.includes(codeOf(error) ?? 0)

function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined
}
