/** Why an archive is not built, as the caller reads it. */
import { DriverError } from '../../domain/driver.ts'

const longestName = 200

/** A failure that trying again does not change. */
export const refusal = (message: string, cause?: unknown): DriverError =>
  new DriverError(message, { temporary: false, ...(cause !== undefined && { cause }) })

/** The archive is not for this builder; another one may build from it. */
export const nothingToBuild = (message: string): DriverError =>
  new DriverError(message, { temporary: false, nothingToBuild: true })

/** Refuses an entry of an archive: `problem` follows its name. */
export const entryRefusal = (name: string, problem: string): DriverError =>
  refusal(`archive entry ${quoted(name)} ${problem}`)

/** A name of somebody else's: quoted, on one line, not endless. */
export const quoted = (name: string): string =>
  JSON.stringify(name.length > longestName ? `${name.slice(0, longestName)}…` : name)

/** Names in one line: `a, b, c and 4 more`. */
export function listed(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).map(quoted).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
