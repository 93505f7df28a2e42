/**
 * Lets scripts for the official command line run as they are: its short flags of one to three letters and its switches
 * with a value become the long flags that the table has.
 */
import type { AnyCommand } from './command.ts'
import { allFlagsOf } from './common-flags.ts'

const longOf: Readonly<Record<string, string>> = {
  ...{ a: 'app-id', b: 'build-id', bt: 'build-tag', c: 'config', d: 'deployment-id' },
  ...{ hup: 'hide-upload-progress', i: 'image', p: 'process-id', r: 'registry', t: 'token' },
  v: 'verbose',
}

/** Those that a value follows, and that the official command line takes before its commands. */
export const leadingFlags: ReadonlySet<string> = new Set(['-a', '-c', '-t'])

/** What stands after `--` stays as it is, and so do letters that the command has for something else. */
export function asBefore(command: AnyCommand, argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  const flags = Object.entries(allFlagsOf(command))
  const long = new Set(flags.flatMap(([name, { also = [] }]) => [name, ...also]))
  const taken = new Set(flags.flatMap(([, { short = '' }]) => short))
  const switches = new Set(
    flags.flatMap(([name, { also = [], type }]) => (type === 'switch' ? [name, ...also] : [])),
  )
  const written = argv.slice(0, end).flatMap((word) => {
    const [, dashes = '', name = '', value] = /^(--?)([a-z][a-z-]*)(=.*)?$/s.exec(word) ?? []
    const meant = dashes === '-' && !taken.has(name) ? longOf[name] : undefined
    const flag = meant !== undefined && long.has(meant) ? `--${meant}` : `${dashes}${name}`
    if (flag === '') return [word]
    if (flag === '--idle-timeout-enabled') return [`--idle-timeout${value ?? '=true'}`]
    if (value === undefined || !switches.has(flag.slice(2))) return [`${flag}${value ?? ''}`]
    if (value === '=true') return [flag]
    return value === '=false' ? [] : [word]
  })
  return [...written, ...argv.slice(end)]
}
