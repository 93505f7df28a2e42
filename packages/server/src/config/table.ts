/** The settings as a table: for `serve --help` and for docs/configuration.md. */
import { type Setting, settings } from './setting.ts'
import { allowedValues } from './value.ts'

export interface SettingRow {
  readonly key: string
  readonly variable: string
  /** Undefined for a secret. */
  readonly flag: string | undefined
  readonly default: string
  readonly allowed: string
  readonly description: string
}

export const settingsTable = (): SettingRow[] => settings.map(rowOf)

function rowOf({ key, variable, flag, schema }: Setting): SettingRow {
  return {
    key,
    variable,
    flag: schema.secret === true ? undefined : flag,
    default: defaultText(schema),
    allowed: allowedValues(schema),
    description: schema.description ?? '',
  }
}

function defaultText({ default: value, fallback, unit }: Setting['schema']): string {
  if (fallback !== undefined) return fallback
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return 'none'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return unit === undefined ? text : `${text} ${unit}`
}

/** The flags for `serve --help`, two lines for each setting. */
export function settingsHelp(): string {
  const lines = settingsTable().flatMap((row) => [
    `  ${row.flag === undefined ? row.variable : `${row.flag} ${placeholder(row)}`.trimEnd()}`,
    `      ${row.description.replaceAll('`', '')} (default: ${row.default})`,
  ])
  return [
    'Settings, as flags, as variables (--ports-from is HATCHERY_PORTS_FROM) or in hatchery.yaml:',
    '',
  ]
    .concat(lines, [
      '',
      '  --settings FILE',
      '      Settings file (default: hatchery.yaml in this folder, where there is one)',
    ])
    .join('\n')
}

function placeholder({ allowed }: SettingRow): string {
  if (allowed === 'true or false') return ''
  if (/^a (whole )?number/.test(allowed)) return 'N'
  return allowed.startsWith('a list') ? 'A,B' : 'VALUE'
}
