/** Why a process ended: a closed list, rendered as the one line that `summaryExitReason` shows. */

export type StopReason =
  | { kind: 'requested' }
  | { kind: 'idle'; minutes: number }
  | { kind: 'drained' }
  | { kind: 'lifetime'; hours: number }
  | { kind: 'replaced'; deploymentId: string }
  | { kind: 'unbound'; wanted: string; seconds: number; instead: string | null }

/** How a run ended, as its driver saw it. */
export type Exit =
  | { kind: 'code'; code: number }
  | { kind: 'signal'; signal: string }
  | { kind: 'out-of-memory'; limitMb: number }
  | { kind: 'lost'; cause: string }
  | { kind: 'unstarted'; cause: string }

export type ExitReason = StopReason | Exit

/** The reason in words: lower case, with its figures, no full stop. */
export function describe(reason: ExitReason): string {
  switch (reason.kind) {
    case 'code':
      return `exited with code ${reason.code}`
    case 'signal':
      return `killed by signal ${reason.signal}`
    case 'out-of-memory':
      return `out of memory (limit ${reason.limitMb} MB)`
    case 'requested':
      return 'stopped on request'
    case 'idle':
      return `stopped after ${reason.minutes} min idle`
    case 'drained':
      return 'stopped after draining'
    case 'lifetime':
      return `lifetime limit of ${reason.hours} h reached`
    case 'replaced':
      return `replaced by deployment ${reason.deploymentId}`
    case 'unbound':
      return unbound(reason)
    case 'lost':
      return `lost: ${reason.cause}`
    case 'unstarted':
      return `could not start: ${reason.cause}`
  }
}

function unbound(reason: Extract<StopReason, { kind: 'unbound' }>): string {
  const line = `did not bind ${reason.wanted} within ${reason.seconds} s`
  return reason.instead === null
    ? line
    : `${line}: bound ${reason.instead} instead of ${reason.wanted}: ${wayOut(reason.wanted, reason.instead)}`
}

/** The number is right when only the transport is wrong. */
function wayOut(wanted: string, instead: string): string {
  const [number, transport] = instead.split('/')
  return wanted.split('/')[0] === number ? `deploy it with transportType ${transport}` : 'read PORT'
}
