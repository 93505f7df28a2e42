/** The only place of the command line that reads the environment, and the only one but main.ts that sees signals. */
import { homedir } from 'node:os'
import { join } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

export const environment: Environment = process.env

const isSet = (env: Environment, name: string): boolean => (env[name] ?? '') !== ''

/** Colours only on a terminal, never with NO_COLOR. */
export const usesColour = (stream: { isTTY?: boolean }): boolean =>
  stream.isTTY === true && !isSet(environment, 'NO_COLOR') && environment['TERM'] !== 'dumb'

/** Whether somebody is there to answer a question. */
export const canAsk = (): boolean =>
  process.stdin.isTTY && process.stderr.isTTY && !isSet(environment, 'CI')

/** Where profiles are kept. */
export const configFolder = (env: Environment): string =>
  join(env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'), 'hatchery')

let interruption: AbortController | undefined

/** Whether Ctrl-C or SIGTERM came since a command took it into its hands. */
export const wasInterrupted = (): boolean => interruption?.signal.aborted === true

/**
 * Aborted at the first Ctrl-C or SIGTERM from the first call on; a second one ends the program at once. Until something
 * calls it, a signal ends the program as usual.
 */
export function interrupted(): AbortSignal {
  if (interruption !== undefined) return interruption.signal
  const controller = new AbortController()
  interruption = controller
  let askedAt: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      askedAt ??= performance.now()
      // npm hands Ctrl-C on, and the terminal sends it too: what comes this close together is one.
      if (performance.now() - askedAt > 500) process.exit(130)
      controller.abort()
    })
  }
  return controller.signal
}
