/** Reads the command line of one command with commander: flags and words by the command's entry in the table. */
import { Command as Parser, CommanderError, Option } from 'commander'
import {
  type AnyCommand,
  type ArgumentSpec,
  type Command,
  type FlagSpec,
  type Input,
  nameOf,
} from './command.ts'
import { type CommonFlags, allFlagsOf, commonFlags } from './common-flags.ts'
import { parseDuration } from './duration.ts'
import { usageFailure } from './failure.ts'
import type { Environment } from './settings.ts'
import { nearest } from './suggest.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * `common` are the shared flags, `input` the command's own and its words. A flag that is left out is looked for in its
 * variable. Throws a Failure for what is wrong.
 */
export function parse(
  command: Command,
  argv: readonly string[],
  env: Environment = {},
): { input: Input; common: CommonFlags } {
  const problems: string[] = []
  const parser = parserOf(command, problems)
  try {
    parser.parse([...argv], { from: 'user' })
  } catch (error) {
    throw error instanceof CommanderError ? refusal(command, error) : error
  }
  const flags = valuesOf(command, { parser, env, problems })
  if (problems.length > 0) throw usageFailure(problems.join('; '))
  const words = parser.args
  // `allFlagsOf` and the defaults below give every shared flag a value of its type.
  const common = { ...defaultsOf(commonFlags), ...flags } as unknown as CommonFlags
  return { input: { words, flags }, common }
}

/** What is wrong with values is added to `problems`, so that all of it is said at once. */
function parserOf(command: Command, problems: string[]): Parser {
  const parser = new Parser(nameOf(command))
    .helpOption(false)
    .allowExcessArguments(false)
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
  for (const spec of command.arguments ?? []) parser.argument(argumentForm(spec))
  for (const [name, spec] of Object.entries(allFlagsOf(command)))
    for (const option of optionsOf(name, spec, problems)) parser.addOption(option)
  return parser
}

/** As `ID`, `[ID]` or `ID…` in lists; commander's own form is `<ID...>`. */
const argumentForm = ({ name, required, many }: ArgumentSpec): string => {
  const inside = `${name}${many ? '...' : ''}`
  return required ? `<${inside}>` : `[${inside}]`
}

/** One option for each long name, since commander has one name for each. */
function optionsOf(name: string, spec: FlagSpec, problems: string[]): Option[] {
  return [name, ...(spec.also ?? [])].map((long, at) => {
    const short = at === 0 && spec.short !== undefined ? `-${spec.short}, ` : ''
    const value = spec.type === 'switch' ? '' : ' <value>'
    const option = new Option(`${short}--${long}${value}`)
    if (spec.type === 'switch') return option
    return option.argParser((text: string, before: unknown) => {
      const allowed = allowedUnless(spec, text)
      if (allowed !== undefined) problems.push(`--${long} must be ${allowed}; got "${text}"`)
      return valueOf(spec, text, before)
    })
  })
}

/** What the value must be; undefined where it is that. */
function allowedUnless({ choices, type }: FlagSpec, text: string): string | undefined {
  if (choices !== undefined && !choices.includes(text)) return `one of ${choices.join(', ')}`
  if (type === 'duration' && parseDuration(text) === undefined) return 'a time as 30s, 5m or 2h'
  return type === 'number' && !/^\d+(\.\d+)?$/.test(text) ? 'a number' : undefined
}

function valueOf(spec: FlagSpec, text: string, before: unknown): unknown {
  if (spec.type === 'list')
    return [...(Array.isArray(before) ? (before as string[]) : []), ...partsOf(text, spec)]
  if (spec.type === 'duration') return parseDuration(text)
  return spec.type === 'number' ? Number(text) : text
}

/** Values with `=` in them, as those of --env, may have commas. */
const partsOf = (text: string, { value }: FlagSpec): string[] =>
  value?.includes('=') === true ? [text] : text.split(',').filter((part) => part !== '')

interface Sources {
  readonly parser: Parser
  readonly env: Environment
  readonly problems: string[]
}

function valuesOf(command: Command, { parser, env, problems }: Sources): Values {
  const specs = allFlagsOf(command)
  const values: Record<string, unknown> = { ...defaultsOf(specs) }
  for (const [name, spec] of Object.entries(specs)) {
    const { also = [], variable = '' } = spec
    const given = [name, ...also]
      .map((long) => parser.getOptionValue(camelCase(long)) as unknown)
      .find((value) => value !== undefined)
    const said = env[variable]?.trim() ?? ''
    if (given !== undefined) values[name] = given
    else if (said !== '') values[name] = ofVariable({ ...spec, variable }, said, problems)
  }
  return values
}

const switchTexts = ['true', 'false', '1', '0']

/** A list is divided by commas; one of `NAME=VALUE` only where another name follows, as values may have commas. */
function ofVariable(
  spec: FlagSpec & { readonly variable: string },
  text: string,
  problems: string[],
): unknown {
  const isSwitch = spec.type === 'switch'
  const allowed = allowedUnless(isSwitch ? { ...spec, choices: switchTexts } : spec, text)
  if (allowed !== undefined) problems.push(`${spec.variable} must be ${allowed}; got "${text}"`)
  if (isSwitch) return text === 'true' || text === '1'
  if (spec.type === 'list' && spec.value?.includes('=') === true) return text.split(/,(?=\w+=)/)
  return valueOf(spec, text, undefined)
}

function defaultsOf(specs: Readonly<Record<string, FlagSpec>>): Values {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]): [string, unknown] => {
      if (spec.type === 'switch') return [name, false]
      if (spec.type === 'list') return [name, []]
      return [name, spec.default]
    }),
  )
}

const camelCase = (name: string): string =>
  name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Commander's errors in our words. */
function refusal(command: AnyCommand, error: CommanderError): Error {
  const help = `${nameOf(command)} -h`
  const [, quoted = ''] = /'([^']+)'/.exec(error.message) ?? []
  if (error.code === 'commander.unknownOption') {
    const meant = nearest(quoted.replace(/^-+/, ''), Object.keys(allFlagsOf(command)))
    const hint = meant === undefined ? '' : `. Did you mean --${meant}?`
    return usageFailure(`there is no flag ${quoted}${hint}`, help)
  }
  if (error.code === 'commander.missingArgument')
    return usageFailure(`${quoted.replace('...', '')} is missing`, help)
  if (error.code === 'commander.optionMissingArgument') {
    const [flag = ''] = /--\S+/.exec(quoted) ?? []
    return usageFailure(`${flag} needs a value`, help)
  }
  if (error.code === 'commander.excessArguments')
    return usageFailure(`${nameOf(command)} was given too many words`, help)
  return usageFailure(error.message.replace(/^error: /, ''), help)
}
