/** The settings as a flat list with the names of each; names follow from the key alone. */
import { settingsSchema } from './schema.ts'

/** What the schema of one setting says: the part of JSON Schema that settings use, and our annotations. */
export interface SettingSchema {
  readonly type: 'integer' | 'number' | 'boolean' | 'string' | 'array'
  readonly description?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly items?: SettingSchema
  readonly minItems?: number
  readonly uniqueItems?: boolean
  readonly unit?: string
  /** What is allowed, in words, where it does not follow from the rest. */
  readonly allowed?: string
  /** What holds when it is not set and has no fixed default, in words. */
  readonly fallback?: string
  /** Never printed, and no flag: the list of programs shows flags to everyone. */
  readonly secret?: boolean
  /** A path: relative to the settings file when it stands there, else to the working folder. */
  readonly path?: boolean
  /** An address, or a network in CIDR form. */
  readonly addresses?: boolean
}

export interface Setting {
  /** As in the settings file: `limits.graceSeconds`. */
  readonly key: string
  /** `HATCHERY_LIMITS_GRACE_SECONDS` */
  readonly variable: string
  /** `--limits-grace-seconds`; a secret's is refused with the other ways to set it. */
  readonly flag: string
  readonly schema: SettingSchema
}

export const settings: readonly Setting[] = flatten(settingsSchema.properties, '')

export const sections: ReadonlySet<string> = new Set(
  settings.flatMap(({ key }) => (key.includes('.') ? [key.slice(0, key.indexOf('.'))] : [])),
)

export const settingOfKey = indexBy('key')
export const settingOfVariable = indexBy('variable')
export const settingOfFlag = indexBy('flag')

function flatten(properties: object, prefix: string): Setting[] {
  return Object.entries(properties).flatMap(([name, schema]: [string, object]) =>
    'properties' in schema
      ? flatten(schema.properties as object, `${prefix}${name}.`)
      : [settingOf(`${prefix}${name}`, schema as SettingSchema)],
  )
}

function settingOf(key: string, schema: SettingSchema): Setting {
  const words = key.replaceAll('.', '-').replace(/[A-Z]/g, (letter) => `-${letter}`)
  const variable = `HATCHERY_${words.replaceAll('-', '_').toUpperCase()}`
  return { key, variable, flag: `--${words.toLowerCase()}`, schema }
}

function indexBy(name: 'key' | 'variable' | 'flag'): ReadonlyMap<string, Setting> {
  return new Map(settings.map((setting) => [setting[name], setting]))
}
