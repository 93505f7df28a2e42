/** Promises that hold for every command there is. */
import { describe, expect, test } from 'vitest'
import { adviceByCode, adviceByOperation } from '../src/advice.ts'
import { nameOf } from '../src/command.ts'
import { allFlagsOf, commonFlagsOf } from '../src/common-flags.ts'
import { findCommand, valueFlagsOf, wordsOf } from '../src/find-command.ts'
import { shortHelp, wholeHelp } from '../src/help.ts'
import { table } from '../src/table.ts'
import { topics } from '../src/topics.ts'
import { commandOfLine } from './support/command-of-line.ts'
import { aWorkingFolder } from './support/online.ts'
import { run } from './support/program.ts'

const named = table.map((command) => ({ name: nameOf(command), command }))

describe.each(named)('$name', ({ command }) => {
  test('shows two examples first with -h, and all flags with --help', () => {
    const short = shortHelp(command).split('\n')
    expect(short.slice(0, 2)).toEqual(command.examples.map((line) => `  ${line}`))
    for (const flag of Object.keys(allFlagsOf(command)))
      expect(wholeHelp(command)).toContain(`--${flag}`)
  })

  test('has examples that call it', () => {
    for (const line of command.examples.filter((example) => !example.endsWith('--version'))) {
      expect(commandOfLine(line)).toBe(command)
    }
  })

  test('is called by its aliases, and no other command is', () => {
    for (const path of command.aliases ?? []) expect(findCommand(table, path).command).toBe(command)
    expect(table.filter((other) => nameOf(other) === nameOf(command))).toEqual([command])
  })

  test('says what it does in one line', () => {
    expect(command.summary).toMatch(/^[^A-Z.].*[^.]$/)
    expect(command.summary).not.toContain('\n')
  })

  test('has no flag that means something else elsewhere', () => {
    const shared = Object.assign({}, ...Object.values(commonFlagsOf(command))) as object
    const own = command.kind === 'command' ? Object.keys(command.flags) : []
    expect(own.filter((name) => name in shared)).toEqual([])
  })

  test('has at most one flag of each name and letter', () => {
    const specs = Object.entries(allFlagsOf(command))
    const written = specs.flatMap(([name, { also = [], short }]) => [
      ...[name, ...also].map((long) => `--${long}`),
      ...(short === undefined ? [] : [`-${short}`]),
    ])
    expect(written.filter((flag, at) => written.indexOf(flag) !== at)).toEqual([])
  })
})

test('each command that is printed after an error of the API can be typed', () => {
  const advice = [...Object.values(adviceByCode), ...Object.values(adviceByOperation)]
  for (const line of advice.filter((one) => one !== 'HELP')) {
    expect(nameOf(commandOfLine(line))).not.toBe('')
  }
})

test('each command that ends with the help topics is there', () => {
  expect(Object.keys(topics)).toEqual(['environment', 'exit-codes', 'output', 'ids', 'hathora'])
})

test('flags may stand anywhere, before the command too', () => {
  const { command, rest } = findCommand(table, ['--app', 'arena', 'rooms', '--json', 'list'])
  expect(nameOf(command)).toBe('hatchery room list')
  expect(rest).toEqual(['--app', 'arena', '--json'])
  expect(wordsOf(['-o', 'json', 'ps', '--', 'list'], valueFlagsOf(table))).toEqual([
    { text: 'ps', index: 2 },
  ])
})

test.each([
  [['rom', 'list'], 'there is no command rom. Did you mean room?'],
  [['room', 'lst'], 'there is no command room lst. Did you mean list?'],
  [['rooms'], 'room needs to know what to do: list, get, create'],
  [['ps', '--regoin', 'x'], 'there is no flag --regoin. Did you mean --region?'],
  [['ps', '--limit', 'many'], '--limit must be a number; got "many"'],
  [['ps', '-o', 'yaml'], '--output must be one of json, text, buildIdValue; got "yaml"'],
  [['ps', '-o', 'x', '--limit', 'y'], 'got "x"; --limit must be a number; got "y"'],
  [['ps', 'more'], 'hatchery ps was given too many words'],
  [['app', 'create'], 'NAME is missing'],
  [['ps', '--limit'], '--limit needs a value'],
])('%j is refused with what was meant', async (args, message) => {
  const { code, stdout, stderr } = await run({ cwd: aWorkingFolder() }, args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(message)
  expect(stderr).toMatch(/^try: {3}hatchery /m)
})

test(
  'every command ends by itself with stdin closed and no server known',
  { timeout: 120_000 },
  async () => {
    const cwd = aWorkingFolder()
    const runs = table.filter(({ kind, path }) => kind === 'command' && path[0] !== 'doctor')
    for (let from = 0; from < runs.length; from += 4) {
      await Promise.all(
        runs.slice(from, from + 4).map(async (command) => {
          const words = (command.arguments ?? []).flatMap(({ required }) =>
            required ? ['xxxx'] : [],
          )
          const env = { XDG_CONFIG_HOME: cwd }
          const { code, stderr } = await run({ cwd }, [...command.path, ...words], env)
          if (code !== 0) expect(`${nameOf(command)}: ${stderr}`).toMatch(/: error: /)
          expect(`${nameOf(command)}: ${stderr}`).not.toContain('    at ')
          expect(`${nameOf(command)}: ${code}`).toMatch(/: [0-4]$/)
        }),
      )
    }
  },
)
