/** What an engine says of a container, as the domain's observation. Pure. */
import type { Instant } from '../../domain/clock.ts'
import type { Observation, ProcessSpec } from '../../domain/driver.ts'
import type { Exit } from '../../domain/exit-reason.ts'
import { exitOfCode } from '../linux/exit-code.ts'
import { labels } from './container-spec.ts'

/** The part of `GET /containers/ID/json` that counts. */
export interface Inspected {
  readonly Id: string
  readonly Config: { readonly Labels: Readonly<Record<string, string>> | null }
  readonly State: ContainerState
}

export interface ContainerState {
  readonly Status: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead'
  /** Of the container's init, on the engine's machine; 0 unless it runs. */
  readonly Pid: number
  readonly ExitCode: number
  readonly OOMKilled: boolean
  readonly Error: string
  readonly StartedAt: string
  readonly FinishedAt: string
}

/** What we found out and the engine does not know. */
export interface PortSeen {
  readonly boundAt: Instant | null
  /** A port bound instead, as `7777/udp`. */
  readonly boundInstead: string | null
}

/** The spec in a container's stamp; undefined where it is not of this installation. */
export function specIn(
  { Config: { Labels } }: Pick<Inspected, 'Config'>,
  installationId: string,
): ProcessSpec | undefined {
  const text = Labels?.[labels.spec]
  if (text === undefined || Labels?.[labels.installation] !== installationId) return undefined
  // Written by us, and labels cannot be changed.
  return JSON.parse(text) as ProcessSpec
}

/** One that was made and not started is `starting`: whoever started it may have been cut off. */
export function observationOf(
  { State: state }: Pick<Inspected, 'State'>,
  spec: ProcessSpec,
  port: PortSeen,
): Observation {
  const { processId } = spec
  const bootedAt = instantOf(state.StartedAt)
  if (bootedAt === null) return { state: 'starting', processId, spec }
  const boundAt = port.boundAt === null ? null : Math.max(port.boundAt, bootedAt)
  const boundInstead = boundAt === null ? port.boundInstead : null
  if (isAlive(state)) return { state: 'running', processId, spec, bootedAt, boundAt, boundInstead }
  const endedAt = Math.max(instantOf(state.FinishedAt) ?? bootedAt, bootedAt)
  const exit = exitOf(state, spec.memoryMb)
  return { state: 'ended', processId, spec, bootedAt, boundAt, boundInstead, endedAt, exit }
}

/** `removing` and `dead` ones have ended, or never ran. */
export const isAlive = ({ Status }: ContainerState): boolean =>
  Status === 'running' || Status === 'paused' || Status === 'restarting'

function exitOf({ ExitCode, OOMKilled, Error: error }: ContainerState, limitMb: number): Exit {
  if (OOMKilled && ExitCode !== 0) return { kind: 'out-of-memory', limitMb }
  if (error !== '' && ExitCode > 128) return { kind: 'lost', cause: error }
  return exitOfCode(ExitCode)
}

/** The engine's times have nanoseconds; year 1 is its word for never. */
export function instantOf(text: string): Instant | null {
  const at = Date.parse(text)
  return Number.isNaN(at) || at <= 0 ? null : at
}
