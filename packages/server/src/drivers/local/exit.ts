/** What the shim wrote into `exit`, as the domain's Exit. */
import { constants } from 'node:os'
import type { Exit } from '../../domain/exit-reason.ts'

const signalNames = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name] as const),
)
// Aliases that would otherwise win over the usual names.
signalNames.set(6, 'SIGABRT').set(29, 'SIGIO')

/** `0`, `137`, `137 oom`, or `lost CAUSE`. Codes 129–192 mean "killed by signal N − 128". */
export function parseExit(text: string, memoryMb: number): Exit {
  const line = text.trim()
  if (line.startsWith('lost ')) return { kind: 'lost', cause: line.slice('lost '.length) }
  if (line.endsWith(' oom')) return { kind: 'out-of-memory', limitMb: memoryMb }
  return exitOfCode(Number.parseInt(line, 10))
}

function exitOfCode(code: number): Exit {
  if (code <= 128 || code > 192) return { kind: 'code', code }
  const number = code - 128
  return { kind: 'signal', signal: signalNames.get(number) ?? `SIG${number}` }
}
