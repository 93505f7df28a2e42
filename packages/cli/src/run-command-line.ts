/** Runs one command line and answers its exit code. Only the table is loaded before the command is known. */
import { asBefore } from './as-before.ts'
import type { AnyCommand, Command } from './command.ts'
import type { Context } from './context.ts'
import { commandsOfNoun, findCommand, valueFlagsOf, wordsOf } from './find-command.ts'
import { nounHelp, overview, shortHelp, wholeHelp } from './help.ts'
import { type Environment, usesColour, wasInterrupted } from './settings.ts'
import { table } from './table.ts'

/** What is known by the time something fails. */
interface Progress {
  command?: AnyCommand
  context?: Context
}

export async function runCommandLine(argv: readonly string[], env: Environment): Promise<number> {
  const progress: Progress = {}
  try {
    return await run(argv, env, progress)
  } catch (error) {
    return await explain(error, argv, progress)
  }
}

async function run(argv: readonly string[], env: Environment, progress: Progress): Promise<number> {
  const words = wordsOf(argv, valueFlagsOf(table)).map(({ text }) => text)
  const wanted = helpWanted(argv)
  if (words.length === 0) return print(overview(table))
  const verbs = commandsOfNoun(table, words[0] ?? '')
  if (wanted !== undefined && words.length === 1 && verbs.length > 0) return print(nounHelp(verbs))
  const { command, rest } = findCommand(table, argv)
  progress.command = command
  if (wanted !== undefined) return print(await helpOf(command, wanted))
  if (command.kind === 'settings') {
    await (
      await command.load()
    )(rest)
    return 0
  }
  return await runCommand(command, { rest, env, progress })
}

async function runCommand(
  command: Command,
  { rest, env, progress }: { rest: readonly string[]; env: Environment; progress: Progress },
): Promise<number> {
  const { parse } = await import('./parse.ts')
  const argv = asBefore(command, rest)
  const { input, common } = parse(command, argv, await withFile(env, argv))
  const { createContext } = await import('./context.ts')
  const context = createContext(common, env)
  progress.context = context
  const code = await (await command.load())(context, input)
  return code ?? (wasInterrupted() ? 130 : 0)
}

/** What stands behind `--` belongs to the game. */
const beforeDashes = (argv: readonly string[]): readonly string[] =>
  argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length)

/** What is said in the file of --config counts where the environment says nothing. */
async function withFile(env: Environment, argv: readonly string[]): Promise<Environment> {
  const own = beforeDashes(argv)
  const at = own.findIndex((word) => /^--config(?:=|$)/.test(word))
  const file = at < 0 ? env['HATCHERY_CONFIG'] : (/=(.*)/s.exec(own[at] ?? '')?.[1] ?? own[at + 1])
  if (file === undefined || file === '') return env
  const { variablesOfFile } = await import('./config-file.ts')
  const said = Object.entries(env).filter(([, value]) => value !== undefined && value !== '')
  return { ...variablesOfFile(process.cwd(), file), ...Object.fromEntries(said) }
}

/** `-h` is short, `--help` is whole; after `--` neither is a flag. */
function helpWanted(argv: readonly string[]): 'short' | 'whole' | undefined {
  const flags = beforeDashes(argv)
  if (flags.includes('--help')) return 'whole'
  return flags.includes('-h') ? 'short' : undefined
}

async function helpOf(command: AnyCommand, wanted: 'short' | 'whole'): Promise<string> {
  if (command.kind === 'settings') return `${wholeHelp(command)}\n\n${await command.settings()}`
  return wanted === 'short' ? shortHelp(command) : wholeHelp(command)
}

function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

async function explain(
  error: unknown,
  argv: readonly string[],
  { command, context }: Progress,
): Promise<number> {
  const { asJson, asLines, problemOf } = await import('./report.ts')
  const { nameOf } = await import('./command.ts')
  const problem = problemOf(error, {
    argv,
    name: command && nameOf(command),
    address: context && addressOf(context),
  })
  const { createPaint } = await import('./output/paint.ts')
  const { error: painted } = createPaint(usesColour(process.stderr))
  const text = wantsJson(argv)
    ? asJson(problem)
    : asLines(problem)
        .join('\n')
        .replaceAll(/^error:/gm, painted)
  process.stderr.write(`${text}\n`)
  return problem.exitCode
}

/** Looked at in the arguments, as they may be what is wrong. */
const wantsJson = (argv: readonly string[]): boolean =>
  argv.some(
    (word, index) =>
      ['--json', '--output=json', '-ojson', '-o=json'].includes(word) ||
      (['-o', '--output'].includes(word) && argv[index + 1] === 'json'),
  )

function addressOf(context: Context): { url: string; from: string } | undefined {
  try {
    const { url, source } = context.connection()
    return { url, from: source.name }
  } catch {
    return undefined
  }
}
