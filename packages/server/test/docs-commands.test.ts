/** What the pages tell people to type is what the command line takes: each `sh` fence, by the parser of the program itself. */
import { expect, test } from 'vitest'
import { asBefore } from '../../cli/src/as-before.ts'
import { findCommand } from '../../cli/src/find-command.ts'
import { parse } from '../../cli/src/parse.ts'
import { table } from '../../cli/src/table.ts'
import { settingsHelp } from '../src/config.ts'
import { fencesOf, pages } from './support/pages.ts'
import { callsOf } from './support/shell-lines.ts'

/** Flags of `up`, `serve` and `down`, which take settings. */
const settingFlags = new Set([...settingsHelp().matchAll(/--[a-z-]+/g)].map(([flag]) => flag))
settingFlags.add('--games')

/** Why the command line would refuse it; undefined where it would not. */
function problemOf(words: readonly string[]): string | undefined {
  try {
    if (words[0] === '--version') return undefined
    const { command, rest } = findCommand(table, words)
    if (rest.includes('-h') || rest.includes('--help')) return undefined
    if (command.kind === 'command') return void parse(command, asBefore(command, rest))
    return rest.find((word) => word.startsWith('--') && !settingFlags.has(word.split('=')[0] ?? ''))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Fences of shell, and the steps of a pipeline. */
const shellOf = (text: string): string[] =>
  fencesOf(text).flatMap(({ language, text: inside }) => {
    if (language === 'sh') return [inside]
    if (language !== 'yaml') return []
    return [...inside.matchAll(/^ *(?:- )?run: (.*)$/gm)].map(([, line = '']) =>
      line.replaceAll(/\$\{\{.*?\}\}/g, 'X'),
    )
  })

test('every command in the pages, with its words and flags, is taken by the command line', () => {
  const calls = pages.flatMap(({ path, text }) =>
    shellOf(text)
      .flatMap((shell) => callsOf('hatchery', shell))
      .map((words) => ({ path, words })),
  )
  expect(calls.length).toBeGreaterThan(100)
  expect(
    calls.flatMap(({ path, words }) => {
      const problem = problemOf(words)
      return problem === undefined ? [] : [`${path}: hatchery ${words.join(' ')}: ${problem}`]
    }),
  ).toEqual([])
})

test.each([
  ['hatchery ps --watsh', 'there is no flag --watsh. Did you mean --watch?'],
  ['npx hatchery room crate match-1', 'there is no command room crate. Did you mean create?'],
  ['A=1 hatchery serve --prot 1', '--prot'],
  ['echo $(./bin/hatchery app get) | cat', undefined],
  ['hatchery stop $(hatchery ps -Q) --yes', 'there is no flag -Q'],
])('of %s is said what is wrong', (line, problem) => {
  expect(callsOf('hatchery', line).map(problemOf)).toContain(problem)
})
