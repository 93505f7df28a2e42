/** What the shim wrote into `exit`, as the domain's Exit. */
import type { Exit } from '../../domain/exit-reason.ts'
import { exitOfCode } from '../linux/exit-code.ts'

/** `0`, `137`, `137 oom`, or `lost CAUSE`. Codes 129–192 mean "killed by signal N − 128". */
export function parseExit(text: string, memoryMb: number): Exit {
  const line = text.trim()
  if (line.startsWith('lost ')) return { kind: 'lost', cause: line.slice('lost '.length) }
  if (line.endsWith(' oom')) return { kind: 'out-of-memory', limitMb: memoryMb }
  return exitOfCode(Number.parseInt(line, 10))
}
