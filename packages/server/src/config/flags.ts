/** Settings from flags: `--port 4283`, `--port=4283`, `--local-share-user`, `--no-local-share-user`; a list by commas or repetition. */
import { parseArgs } from 'node:util'
import { type Reading, checked, joined, unknownSetting } from './reading.ts'
import { settingOfFlag, settingOfKey, settings } from './setting.ts'
import { allowedValues, valueOfText } from './value.ts'

const settingsFileFlag = '--settings'

export interface FlagReading extends Reading {
  readonly settingsFile: string | undefined
}

interface Flag {
  readonly name: string
  /** Undefined where none follows. */
  readonly text: string | undefined
}

/** Reads `argv`, which stands behind the command's name. A scalar given twice has its last value. */
export function readFlags(argv: readonly string[], cwd: string): FlagReading {
  const { flags, strays } = tokensOf(argv)
  const readings = [...lastOfEach(flags)].map((flag) => readFlag(flag, cwd))
  return {
    ...joined([{ given: [], problems: strays }, ...readings]),
    settingsFile: flags.findLast(({ name }) => name === settingsFileFlag)?.text,
  }
}

function readFlag({ name, text }: Flag, folder: string): Reading {
  if (name === settingsFileFlag)
    return { given: [], problems: text ? [] : [`${name} needs a value: a file`] }
  const setting = settingOfFlag.get(name)
  if (setting === undefined) return unknownSetting(name, name, knownFlags())
  const { schema, variable, key } = setting
  if (schema.secret === true) {
    const keys = settingOfKey.has(`${key}File`) ? `${key} or ${key}File` : key
    const others = `set ${variable}, or ${keys} in the settings file`
    return {
      given: [],
      problems: [`${name} is no flag, since other users could read it; ${others}`],
    }
  }
  if (text === undefined) {
    return { given: [], problems: [`${name} needs a value: ${allowedValues(schema)}`] }
  }
  return checked({ setting, value: valueOfText(schema, text), writtenAs: name, folder })
}

const knownFlags = (): string[] => [
  settingsFileFlag,
  ...settings.filter(({ schema }) => schema.secret !== true).map(({ flag }) => flag),
]

/** Flags in order; text that belongs to none is a problem, but for what follows an unknown flag, probably its value. */
function tokensOf(argv: readonly string[]): { flags: Flag[]; strays: string[] } {
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowNegative: true,
    tokens: true,
  })
  const flags: Flag[] = []
  const strays: string[] = []
  let isAfterUnknown = false
  for (const token of tokens) {
    if (token.kind === 'option') {
      const flag = flagOf(token)
      flags.push(flag)
      isAfterUnknown = flag.text === undefined
    } else if (!isAfterUnknown) {
      strays.push(
        token.kind === 'positional'
          ? `unexpected "${token.value}"; ${flagForm}`
          : `unexpected "--"`,
      )
    }
  }
  return { flags, strays }
}

const flagForm = 'settings are given as --name value, --name or --no-name'

const options = Object.fromEntries([
  [settingsFileFlag.slice(2), { type: 'string' as const }],
  ...settings.map(({ flag, schema }) => [
    flag.slice(2),
    { type: schema.type === 'boolean' ? ('boolean' as const) : ('string' as const) },
  ]),
]) as Record<string, { type: 'string' | 'boolean' }>

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function flagOf({ name, rawName, value, inlineValue }: OptionToken): Flag {
  const known = settingOfFlag.get(`--${name}`)
  if (known?.schema.type === 'boolean' && value === undefined) {
    return { name: `--${name}`, text: rawName.startsWith('--no-') ? 'false' : 'true' }
  }
  const isNextFlag = inlineValue !== true && value?.startsWith('--') === true
  return { name: rawName, text: isNextFlag ? undefined : value }
}

/** One flag per name: a list joins all its values, anything else takes the last. */
function lastOfEach(flags: readonly Flag[]): Iterable<Flag> {
  const byName = new Map<string, Flag>()
  for (const flag of flags) {
    const before = byName.get(flag.name)?.text
    const joins = before !== undefined && flag.text !== undefined && isList(flag)
    byName.set(flag.name, joins ? { ...flag, text: `${before},${flag.text}` } : flag)
  }
  return byName.values()
}

const isList = ({ name }: Flag): boolean => settingOfFlag.get(name)?.schema.type === 'array'
