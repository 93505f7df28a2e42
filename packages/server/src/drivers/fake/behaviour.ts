/** How a fake process behaves, told by its deployment's environment, so that tests through the API need no other way in. */
import type { Exit } from '../../domain/exit-reason.ts'

export interface FakeBehaviour {
  /** Fails each start for good, or for a passing reason. */
  readonly startError: 'none' | 'temporary' | 'final' | 'port-taken'
  /** From the accepted start to the running program. Null: at once. */
  readonly bootAfterMs: number | null
  /** From the running program to its bound port. Null: at once. */
  readonly bindAfterMs: number | null
  readonly neverBinds: boolean
  /** A port bound instead of its own, as `7777/udp`. */
  readonly bindsInstead: string | null
  /** Ends by itself so long after it was bound or, when it never binds, after it ran. Null: never. */
  readonly exitAfterMs: number | null
  readonly exit: Exit
  readonly ignoresTerminate: boolean
}

/**
 * | variable | values |
 * | --- | --- |
 * | `FAKE_START` | `error` (for good), `temporary-error`, `port-taken`, `slow`, `never-binds` |
 * | `FAKE_START_MS`, `FAKE_BIND_MS` | how long until it runs (1,000 for `slow`), until it is bound |
 * | `FAKE_BINDS` | a port bound instead of its own, as `7777/udp` |
 * | `FAKE_EXIT_CODE`, `FAKE_EXIT_AFTER_MS` | ends by itself with this code (0), after this time (0) |
 * | `FAKE_EXIT_SIGNAL` | ends by itself by this signal |
 * | `FAKE_TERMINATE` | `ignored`: ends only by force |
 */
export function behaviourOf(env: Readonly<Record<string, string>>): FakeBehaviour {
  const start = env['FAKE_START'] ?? ''
  const code = env['FAKE_EXIT_CODE']
  const signal = env['FAKE_EXIT_SIGNAL']
  const exitAfter = env['FAKE_EXIT_AFTER_MS']
  const bindsInstead = env['FAKE_BINDS'] ?? null
  return {
    startError: startErrors[start] ?? 'none',
    bootAfterMs: msOf(env['FAKE_START_MS']) ?? (start === 'slow' ? 1000 : null),
    bindAfterMs: msOf(env['FAKE_BIND_MS']),
    neverBinds: start === 'never-binds' || bindsInstead !== null,
    bindsInstead,
    exitAfterMs: (code ?? signal ?? exitAfter) === undefined ? null : (msOf(exitAfter) ?? 0),
    exit:
      signal === undefined ? { kind: 'code', code: Number(code ?? 0) } : { kind: 'signal', signal },
    ignoresTerminate: env['FAKE_TERMINATE'] === 'ignored',
  }
}

const startErrors: Readonly<Record<string, FakeBehaviour['startError']>> = {
  error: 'final',
  'temporary-error': 'temporary',
  'port-taken': 'port-taken',
}

const msOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text))
