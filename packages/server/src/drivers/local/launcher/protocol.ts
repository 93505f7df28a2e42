/** What driver and launcher say to each other over the inherited channel. Plain JSON. */
import type { FolderArtifact, ProcessSpec } from '../../../domain/driver.ts'
import type { Capabilities } from '../capabilities.ts'
import type { StarterKind } from '../shim.ts'

export interface LauncherOptions {
  readonly dataFolder: string
  readonly installationId: string
  readonly uidRange: { readonly from: number; readonly to: number }
  /** Whether games may run as our own user where they cannot have one of their own. */
  readonly shareUser: boolean
  /** How many shims wait for work. */
  readonly warmShims: number
  /** Ways to start a program, in the order of trying. */
  readonly starters: readonly StarterKind[]
}

export type Request =
  | {
      readonly kind: 'start'
      readonly spec: ProcessSpec<FolderArtifact>
      readonly buildFolder: string
      readonly log: string
    }
  | { readonly kind: 'remove'; readonly processId: string }
  | { readonly kind: 'traffic' }
  | { readonly kind: 'close' }

export type ToLauncher =
  | { readonly kind: 'open'; readonly options: LauncherOptions }
  | { readonly kind: 'request'; readonly number: number; readonly request: Request }

export type FromLauncher =
  | { readonly kind: 'ready'; readonly capabilities: Capabilities }
  | { readonly kind: 'answer'; readonly number: number; readonly traffic?: Traffic }
  | { readonly kind: 'refusal'; readonly number: number; readonly refusal: Refusal }
  | { readonly kind: 'changed'; readonly processId: string }
  | { readonly kind: 'said'; readonly level: 'info' | 'warn'; readonly message: string }

/** A DriverError on its way. */
export interface Refusal {
  readonly message: string
  readonly temporary: boolean
  readonly portTaken: boolean
}

/** By port, as `udp 20000`: what left it, and who plays there. */
export type Traffic = Readonly<
  Record<string, { readonly egressBytes: number; readonly clients: number }>
>
