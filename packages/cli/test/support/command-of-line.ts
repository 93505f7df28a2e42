/** Reads a command line as it is printed in examples and after `try:`. */
import type { AnyCommand } from '../../src/command.ts'
import { asBefore } from '../../src/as-before.ts'
import { findCommand } from '../../src/find-command.ts'
import { parse } from '../../src/parse.ts'
import { table } from '../../src/table.ts'

/** The command that it calls. Throws a Failure where it could not be typed. */
export function commandOfLine(line: string): AnyCommand {
  const words = wordsOfLine(line.split(/ [|<>]|\s{3,}/)[0] ?? '')
  const { command, rest } = findCommand(table, words)
  const isHelp = rest.includes('-h') || rest.includes('--help')
  if (command.kind === 'command' && !isHelp) parse(command, asBefore(command, rest))
  return command
}

/** The words of a shell command line up to a pipe, redirection or substitution. */
const wordsOfLine = (line: string): string[] =>
  [...line.replaceAll(/\$\([^)]*\)/g, 'x').matchAll(/'([^']*)'|(\S+)/g)]
    .map(([, quoted, plain]) => quoted ?? plain ?? '')
    .slice(1)
