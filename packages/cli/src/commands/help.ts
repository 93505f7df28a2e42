/** `hatchery help [COMMAND|TOPIC]`. */
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { commandsOfNoun, findCommand } from '../find-command.ts'
import { nounHelp, overview, wholeHelp } from '../help.ts'
import { table } from '../table.ts'
import { topics } from '../topics.ts'

export async function help({ out }: Context, { words }: Input): Promise<void> {
  out.text(await textFor(words))
}

async function textFor(words: readonly string[]): Promise<string> {
  const [first] = words
  if (first === undefined) return overview(table)
  if (words.length === 1 && isTopic(first)) return topics[first]
  const verbs = commandsOfNoun(table, first)
  if (words.length === 1 && verbs.length > 0) return nounHelp(verbs)
  const { command } = findCommand(table, words)
  return command.kind === 'settings'
    ? `${wholeHelp(command)}\n\n${await command.settings()}`
    : wholeHelp(command)
}

const isTopic = (word: string): word is keyof typeof topics => Object.hasOwn(topics, word)
