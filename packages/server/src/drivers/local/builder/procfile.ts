/** What a Procfile says: `NAME: COMMAND` lines, of which `server` starts the game server. */
import { quoted, refusal } from '../../archive/refusal.ts'

const example = '"server: ./your-server -port $PORT"'

/** The command of the `server:` line. Refuses a Procfile without one and says what it has instead. */
export function serverCommand(procfile: string): string {
  const lines = procfile.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const found = lines.flatMap((line) => {
    const [, name, command] = /^\s*([A-Za-z0-9_-]+)\s*:(.*)$/.exec(line) ?? []
    return name === undefined || command === undefined ? [] : [{ name, command: command.trim() }]
  })
  const servers = found.filter(({ name }) => name === 'server')
  if (servers.length > 1) throw refusal('Procfile has more than one "server:" line: keep one')
  const [server] = servers
  if (server === undefined)
    throw refusal(`Procfile has no "server:" line; ${instead(found.map(({ name }) => name))}`)
  if (server.command === '')
    throw refusal(`the "server:" line of the Procfile has no command: write one such as ${example}`)
  return server.command
}

function instead(names: readonly string[]): string {
  if (names.length === 0) return `write one such as ${example}`
  const shown = names
    .slice(0, 10)
    .map((name) => quoted(`${name}:`))
    .join(', ')
  return names.length === 1
    ? `it has ${shown}: rename it`
    : `it has ${shown}: rename the one that starts the game server`
}

/** Words that the shell itself understands: what they start cannot be told without running it. */
const shellWords = new Set(
  (
    '. : [ [[ alias bg break case cd command continue eval export false fg for function if jobs let local printf pwd read ' +
    'readonly return select set shift source test time times trap true type ulimit umask unset until wait while {'
  ).split(' '),
)

/**
 * The program that a shell would start first, after `NAME=value` words and `exec`; undefined where that cannot be told
 * (`cd bin && ./server`, `$GAME`).
 */
export function firstProgram(command: string): string | undefined {
  let rest = command
  for (;;) {
    const word = firstWord(rest)
    if (word === undefined) return undefined
    rest = word.rest
    if (word.isAssignment || word.text === 'exec') continue
    const isForTheShell = word.isUnclear || shellWords.has(word.text) || word.text.startsWith('-')
    return isForTheShell ? undefined : word.text
  }
}

interface Word {
  readonly text: string
  readonly isAssignment: boolean
  /** It holds something that only the shell can replace. */
  readonly isUnclear: boolean
  readonly rest: string
}

const piece = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\;&|<>()]+)/sy

/** Undefined where no word begins. */
function firstWord(command: string): Word | undefined {
  const start = command.search(/\S/)
  if (start < 0) return undefined
  let text = ''
  let isUnclear = false
  piece.lastIndex = start
  let end = start
  for (let found = piece.exec(command); found !== null; found = piece.exec(command)) {
    const [, single, double, escaped, plain] = found
    text += single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? ''
    isUnclear ||= /[$`]/.test(double ?? '') || /[$`*?[\]{}~!#]/.test(plain ?? '')
    end = piece.lastIndex
  }
  if (end === start) return undefined
  return {
    text,
    isUnclear,
    isAssignment: /^[A-Za-z_][A-Za-z0-9_]*=/.test(command.slice(start)),
    rest: command.slice(end),
  }
}
