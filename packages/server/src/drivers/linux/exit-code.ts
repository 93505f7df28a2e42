/** What an exit code of a shell or of docker-init says. */
import { constants } from 'node:os'
import type { Exit } from '../../domain/exit-reason.ts'

const signalNames = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name] as const),
)
// Aliases that would otherwise win over the usual names.
signalNames.set(6, 'SIGABRT').set(29, 'SIGIO')

/** Codes 129–192 mean "killed by signal N − 128". */
export function exitOfCode(code: number): Exit {
  if (code <= 128 || code > 192) return { kind: 'code', code }
  const number = code - 128
  return { kind: 'signal', signal: signalNames.get(number) ?? `SIG${number}` }
}
