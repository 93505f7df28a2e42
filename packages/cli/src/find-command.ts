/** Finds the command that the words of a command line call. Flags may stand anywhere between them. */
import { leadingFlags } from './as-before.ts'
import { commonFlags } from './common-flags.ts'
import { type AnyCommand, type FlagSpecs, nameOf } from './command.ts'
import { usageFailure } from './failure.ts'
import { nearest } from './suggest.ts'

export interface Found {
  readonly command: AnyCommand
  /** The command line without the words that call the command. */
  readonly rest: readonly string[]
}

interface Word {
  readonly text: string
  readonly index: number
}

/** Throws a Failure, with what was meant where that can be guessed. */
export function findCommand(table: readonly AnyCommand[], argv: readonly string[]): Found {
  const words = wordsOf(argv, valueFlagsOf(table))
  const paths = table.flatMap((command) =>
    [command.path, ...(command.aliases ?? [])].map((path) => ({ path, command })),
  )
  const fitting = paths
    .filter(({ path }) => path.every((part, at) => isSame(part, words[at]?.text, path)))
    .toSorted((a, b) => b.path.length - a.path.length)[0]
  if (fitting === undefined) throw unknown(table, words)
  const used = new Set(words.slice(0, fitting.path.length).map(({ index }) => index))
  return { command: fitting.command, rest: argv.filter((_, index) => !used.has(index)) }
}

/** The commands of a noun, whichever form it is given in; empty for what is no noun. */
export const commandsOfNoun = (table: readonly AnyCommand[], noun: string): AnyCommand[] =>
  table.filter(({ path }) => path.length > 1 && isSame(path[0] ?? '', noun, path))

/** The words before `--`, without flags and the values of flags. */
export function wordsOf(argv: readonly string[], valueFlags: ReadonlySet<string>): Word[] {
  const words: Word[] = []
  for (let index = 0; index < argv.length; index += 1) {
    const text = argv[index] ?? ''
    if (text === '--') break
    if (valueFlags.has(text)) index += 1
    else if (words.length === 0 && leadingFlags.has(text)) index += 1
    else if (!text.startsWith('-') || text === '-') words.push({ text, index })
  }
  return words
}

/** As they are written, `--url` and `-o`, those that are followed by a value in every command that has them. */
export function valueFlagsOf(table: readonly AnyCommand[]): ReadonlySet<string> {
  const all = [
    commonFlags,
    ...table.flatMap((command) => (command.kind === 'command' ? [command.flags] : [])),
  ]
  const switches = new Set(all.flatMap((specs) => written(specs, (type) => type === 'switch')))
  const values = all.flatMap((specs) => written(specs, (type) => type !== 'switch'))
  return new Set(values.filter((flag) => !switches.has(flag)))
}

const written = (specs: FlagSpecs, fits: (type: string) => boolean): string[] =>
  Object.entries(specs)
    .filter(([, { type }]) => fits(type))
    .flatMap(([name, { also = [], short }]) => [
      ...[name, ...also].map((long) => `--${long}`),
      ...(short === undefined ? [] : [`-${short}`]),
    ])

/** Nouns, the first of several words, may stand in the plural. */
function isSame(part: string, word: string | undefined, path: readonly string[]): boolean {
  if (part === word) return true
  return path.length > 1 && part === path[0] && pluralsOf(part).includes(word ?? '')
}

const pluralsOf = (noun: string): string[] => [
  ...[`${noun}s`, `${noun}es`],
  ...(noun.endsWith('y') ? [`${noun.slice(0, -1)}ies`] : []),
]

function unknown(table: readonly AnyCommand[], words: readonly Word[]): Error {
  const [first = '', second] = words.map(({ text }) => text)
  const verbs = commandsOfNoun(table, first)
  if (verbs.length > 0) return unknownVerb(verbs, second)
  const names = new Set(table.map(({ path }) => path[0] ?? ''))
  const meant = nearest(first, names)
  if (meant === undefined) return usageFailure(`there is no command ${first}`, 'hatchery help')
  const attempt =
    names.has(meant) && table.some(({ path }) => path.length === 1 && path[0] === meant)
  return usageFailure(
    `there is no command ${first}. Did you mean ${meant}?`,
    attempt ? `hatchery ${meant}` : `hatchery ${meant} -h`,
  )
}

function unknownVerb(verbs: readonly AnyCommand[], given: string | undefined): Error {
  const names = verbs.map(({ path }) => path[1] ?? '')
  const noun = verbs[0]?.path[0] ?? ''
  const meant = given === undefined ? undefined : nearest(given, names)
  const shown = verbs.find(({ path }) => path[1] === meant) ?? verbs[0]
  const problem =
    given === undefined
      ? `${noun} needs to know what to do`
      : `there is no command ${noun} ${given}`
  const hint = meant === undefined ? `: ${names.join(', ')}` : `. Did you mean ${meant}?`
  return usageFailure(`${problem}${hint}`, shown && nameOf(shown))
}
