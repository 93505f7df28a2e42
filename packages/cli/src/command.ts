/**
 * What a command of the command line is: one entry of the table, from which the parser, the help, the completion and the
 * reference page are made. Entries are plain data; what a command does is loaded when it is called.
 */
import type { Context } from './context.ts'

/** What a word can be completed with. */
export type Completable =
  | 'app'
  | 'build'
  | 'deployment'
  | 'invite'
  | 'member'
  | 'fleet'
  | 'node'
  | 'org'
  | 'person'
  | 'process'
  | 'profile'
  | 'region'
  | 'room'
  | 'token'
  | 'topic'

export interface FlagSpec {
  /** `duration` is given as 500ms, 30s, 5m or 2h and handed on in ms; `list` may be repeated and divided by commas. */
  readonly type: 'switch' | 'text' | 'number' | 'duration' | 'list'
  readonly description: string
  /** What stands for the value in the help, as `REGION`. */
  readonly value?: string
  /** One letter. */
  readonly short?: string
  /** Other long names of the same flag. */
  readonly also?: readonly string[]
  readonly choices?: readonly string[]
  /** Of the environment, read where the command line does not have the flag. */
  readonly variable?: string
  readonly default?: string | number
  readonly complete?: Completable
}

export type FlagSpecs = Readonly<Record<string, FlagSpec>>

type ValueOf<Spec extends FlagSpec> = Spec['type'] extends 'switch'
  ? boolean
  : Spec['type'] extends 'list'
    ? readonly string[]
    : Spec['type'] extends 'number' | 'duration'
      ? Spec extends { readonly default: number }
        ? number
        : number | undefined
      : Spec extends { readonly default: string }
        ? string
        : string | undefined

/** Values by the flags' long names. */
export type FlagValues<Specs extends FlagSpecs> = {
  readonly [Name in keyof Specs]: ValueOf<Specs[Name]>
}

export interface ArgumentSpec {
  /** In capitals, as `ID`. */
  readonly name: string
  readonly description: string
  /** Missing is an error; what can be asked for is optional and asked by the command. */
  readonly required?: true
  /** Takes all words that follow; only the last may. */
  readonly many?: true
  readonly complete?: Completable
}

/** What a command is called with. */
export interface Input<Flags = Readonly<Record<string, unknown>>> {
  readonly words: readonly string[]
  readonly flags: Flags
}

/** Resolves when all is done, with the exit code where that is not 0. Failures are thrown. */
export type Run<Flags> = (context: Context, input: Input<Flags>) => Promise<number | void>

export const sections = ['every day', 'things', 'server', 'oneself'] as const

interface Described {
  /** The words that call it, as `['room', 'create']`. */
  readonly path: readonly string[]
  /** Other words for it, not shown in lists. */
  readonly aliases?: readonly (readonly string[])[]
  readonly section: (typeof sections)[number]
  /** For programs: not in lists. */
  readonly hidden?: true
  /** One line, lower case, without full stop. */
  readonly summary: string
  /** What `--help` says beside: plain text, lines as they shall stand. */
  readonly details?: string
  readonly arguments?: readonly ArgumentSpec[]
  /** Whole command lines. */
  readonly examples: readonly [string, string]
}

/**
 * What stands on stdout: `list` and `value` are data with `--json` and the like, `stream` is a value a line, `text`
 * is shown as it is.
 */
export type OutputKind = 'list' | 'value' | 'stream' | 'text'

export interface Command extends Described {
  readonly kind: 'command'
  readonly output: OutputKind
  /** False for what talks to no server: it has no flags for one. */
  readonly online: boolean
  readonly flags: FlagSpecs
  /** Answers what the command does. */
  load(): Promise<Run<Readonly<Record<string, unknown>>>>
}

/** A command that takes the server's settings as flags: the server reads and refuses them by its own rules. */
export interface SettingsCommand extends Described {
  readonly kind: 'settings'
  load(): Promise<(argv: readonly string[]) => Promise<void>>
  /** The list of the settings. */
  settings(): Promise<string>
}

export type AnyCommand = Command | SettingsCommand

interface CommandSpec<Specs extends FlagSpecs> extends Described {
  readonly output: OutputKind
  readonly online?: false
  readonly flags?: Specs
  load(): Promise<Run<FlagValues<Specs>>>
}

/** An entry of the table. That what is loaded fits the flags is checked by the compiler. */
// oxlint-disable-next-line typescript/no-empty-object-type -- a command without flags has none of any name
export function command<const Specs extends FlagSpecs = {}>(spec: CommandSpec<Specs>): Command {
  return {
    ...spec,
    kind: 'command',
    online: spec.online ?? true,
    flags: spec.flags ?? {},
    // The parser gives each flag of the specs its value, so the function gets what it was checked for.
    load: spec.load as Command['load'],
  }
}

export const settingsCommand = (spec: Omit<SettingsCommand, 'kind'>): SettingsCommand => ({
  ...spec,
  kind: 'settings',
})

/** As one types it: `hatchery room create`. */
export const nameOf = ({ path }: { readonly path: readonly string[] }): string =>
  ['hatchery', ...path].join(' ')
