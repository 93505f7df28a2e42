/** Help texts, made from the table: short with two examples first, or whole. */
import {
  type AnyCommand,
  type ArgumentSpec,
  type FlagSpec,
  type FlagSpecs,
  nameOf,
  sections,
} from './command.ts'
import { commonFlagsOf } from './common-flags.ts'

/** All commands by section, a line each. */
export function overview(table: readonly AnyCommand[]): string {
  const rows = sections.map((section) => ({
    section,
    lines: table
      .filter((command) => command.section === section && command.hidden !== true)
      .map((command) => [usageWords(command), command.summary] as const),
  }))
  const width = Math.max(...rows.flatMap(({ lines }) => lines.map(([words]) => words.length)))
  return [
    'Hatchery: the open, self-hosted Hathora Cloud. It starts and stops game servers.',
    '',
    'usage: hatchery COMMAND [flags]',
    ...rows.flatMap(({ section, lines }) => [
      ...['', section],
      ...lines.map(([words, summary]) => `  ${words.padEnd(width)}  ${summary}`),
    ]),
    ...['', 'hatchery COMMAND -h shows a command; hatchery help TOPIC tells about:'],
    '  environment, exit-codes, output, ids, hathora',
  ].join('\n')
}

/** The commands of a noun. */
export function nounHelp(commands: readonly AnyCommand[]): string {
  const rows = commands.map((command) => [nameOf(command), command.summary] as const)
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, summary]) => `${name.padEnd(width)}  ${summary}`).join('\n')
}

export const shortHelp = (command: AnyCommand): string =>
  [
    ...examples(command),
    '',
    `${nameOf(command)}: ${command.summary}`,
    `usage: ${usage(command)}`,
    ...argumentLines(command),
    ...(command.kind === 'command' ? flagBlock('flags', command.flags) : []),
    '',
    `${nameOf(command)} --help shows all flags`,
  ].join('\n')

export const wholeHelp = (command: AnyCommand): string =>
  [
    `${nameOf(command)}: ${command.summary}`,
    '',
    `usage: ${usage(command)}`,
    ...(command.aliases?.length ? [`also:  ${command.aliases.map(typed).join(', ')}`] : []),
    ...argumentLines(command),
    ...(command.details === undefined ? [] : ['', command.details]),
    ...(command.kind === 'command' ? flagBlock('flags', command.flags) : []),
    ...Object.entries(commonFlagsOf(command)).flatMap(([title, specs]) => flagBlock(title, specs)),
    ...['', 'examples', ...examples(command)],
  ].join('\n')

const typed = (path: readonly string[]): string => ['hatchery', ...path].join(' ')

const examples = ({ examples: lines }: AnyCommand): string[] => lines.map((line) => `  ${line}`)

const usageWords = ({ path, arguments: specs = [] }: AnyCommand): string =>
  [...path, ...specs.map(argumentForm)].join(' ')

export const usage = (command: AnyCommand): string => `hatchery ${usageWords(command)} [flags]`

function argumentForm({ name, required, many }: ArgumentSpec): string {
  const text = `${name}${many ? '…' : ''}`
  return required ? text : `[${text}]`
}

function argumentLines({ arguments: specs = [] }: AnyCommand): string[] {
  if (specs.length === 0) return []
  const width = Math.max(...specs.map(({ name }) => name.length))
  return ['', ...specs.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`)]
}

function flagBlock(title: string, specs: FlagSpecs): string[] {
  const rows = Object.entries(specs).map(([name, spec]) => [flagForm(name, spec), about(spec)])
  if (rows.length === 0) return []
  const width = Math.max(...rows.map(([form = '']) => form.length))
  return ['', title, ...rows.map(([form = '', text = '']) => `  ${form.padEnd(width)}  ${text}`)]
}

export function flagForm(name: string, { short, type, value, also = [] }: FlagSpec): string {
  const names = [...(short === undefined ? [] : [`-${short}`]), `--${name}`]
  const others = also.map((long) => `--${long}`)
  return `${[...names, ...others].join(', ')}${type === 'switch' ? '' : ` ${value ?? 'VALUE'}`}`
}

/** What a flag does, what it may be, what it is when it is left out, and the variable that says it then. */
export function about({ description, choices, default: value, type, variable }: FlagSpec): string {
  const allowed = choices === undefined ? '' : `: ${choices.join(', ')}`
  const shown = type === 'duration' ? `${Number(value) / 1000}s` : String(value)
  const from = variable === undefined ? '' : ` [${variable}]`
  return `${description}${allowed}${value === undefined ? '' : ` (default ${shown})`}${from}`
}
