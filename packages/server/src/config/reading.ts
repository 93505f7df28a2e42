/** What one source (flags, environment, file) says: values with the names they were written under, and what is wrong. */
import { nearest } from './nearest.ts'
import type { Setting } from './setting.ts'
import { allowedValues, isAllowed } from './value.ts'

export interface Given {
  readonly setting: Setting
  readonly value: unknown
  /** As the user wrote it: `--port`, `HATCHERY_PORT`, `hatchery.yaml:3 port`. */
  readonly writtenAs: string
  /** The folder that a relative path starts from. */
  readonly folder: string
}

export interface Reading {
  readonly given: readonly Given[]
  readonly problems: readonly string[]
}

/** A value if it is allowed, else the problem with it. */
export function checked(given: Given): Reading {
  const { setting, value, writtenAs } = given
  if (isAllowed(setting.schema, value)) return { given: [given], problems: [] }
  return {
    given: [],
    problems: [`${writtenAs} must be ${allowedValues(setting.schema)}; got ${shown(given)}`],
  }
}

/** The value for a message; of a secret only its length. */
function shown({ setting, value }: Given): string {
  const text = JSON.stringify(value) ?? 'nothing'
  if (setting.schema.secret !== true) return text
  return typeof value === 'string' ? `${value.length} characters` : 'something else than text'
}

/** Values of unknown settings are not shown: they may be secrets under a mistyped name. */
export function unknownSetting(writtenAs: string, name: string, known: Iterable<string>): Reading {
  const meant = nearest(name, known)
  const hint = meant === undefined ? 'docs/configuration.md lists all' : `did you mean ${meant}?`
  return { given: [], problems: [`${writtenAs} is not a setting; ${hint}`] }
}

export const joined = (readings: readonly Reading[]): Reading => ({
  given: readings.flatMap(({ given }) => given),
  problems: readings.flatMap(({ problems }) => problems),
})
