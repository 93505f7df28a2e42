/** The token of a game server: what it calls the API with, for itself and its rooms. Nothing of it is stored. */
import type { ProcessId } from './process.ts'

export interface ProcessTokens {
  /** Always the same for the same process of an installation. */
  tokenOf(processId: ProcessId): string
  /** Undefined when it is not one of this installation. Whether the process is still there is another question. */
  processIdOf(token: string): ProcessId | undefined
}
