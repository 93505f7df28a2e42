/** What a handler gets beside its input, and what it may answer. */
import type { Answered, Input, OperationById, OperationId } from '@hatchery/contract'
import type { Backups } from '../domain/backup.ts'
import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import type { EventFeed } from '../domain/events.ts'
import type { LogArchive, UploadStore } from '../domain/files.ts'
import type { LoadBalancer } from '../domain/load-balancer.ts'
import type { Log } from '../domain/log.ts'
import type { Mailer } from '../domain/mail.ts'
import type { ProcessTokens } from '../domain/process-token.ts'
import type { Regions } from '../domain/region.ts'
import type { MetricStore } from '../domain/metric-store.ts'
import type { Store } from '../domain/store.ts'
import type { Auth } from './auth.ts'
import type { GoogleIdentities } from './auth-v1/google-identity.ts'
import type { MailLimits } from './mail-limits.ts'
import type { PlayerAuth } from './player-auth.ts'
import type { PlayerTokens } from './player-token.ts'
import type { AssertRegistry } from './registry-hosts.ts'

/** The parts that handlers work with; made once by the composition root. */
export interface Services {
  readonly store: Store
  readonly metrics: MetricStore
  readonly logs: LogArchive
  readonly uploads: UploadStore
  readonly backups: Backups
  readonly processTokens: ProcessTokens
  readonly googleIdentities: GoogleIdentities
  readonly playerTokens: PlayerTokens
  readonly engine: Engine
  readonly balancer: Pick<LoadBalancer, 'stateOf'>
  readonly events: EventFeed
  readonly regions: Regions
  readonly clock: Clock
  readonly log: Log
  /** A new random UUID. */
  readonly uuid: () => string
  /** Signs upload URLs; 32 random bytes of this installation. */
  readonly uploadKey: Uint8Array
  readonly buildLimits: { readonly partBytes: number; readonly maxBytes: number }
  /** The largest memory a deployment may ask for. */
  readonly maxMemoryMb: number
  /** Where players measure their distance to each region. */
  readonly ping: { readonly host: string; readonly port: () => number }
  /** How long logs of ended processes are kept. */
  readonly logRetentionHours: number
  readonly mailer: Mailer
  readonly mailLimits: MailLimits
  /** What links in mails begin with: never taken from a request, which anybody can send. */
  readonly mailBaseUrl: string
  /** Lobbies that a player may make in an hour. */
  readonly lobbiesPerHour: number
  /** Whether `clientIPs` of a room is refused where it cannot be enforced. */
  readonly strictClientIps: boolean
  /** Throws `invalid` for the host of a registry that callers may not name. */
  readonly assertRegistry: AssertRegistry
  /** Throws `unavailable` while the disk is too full for new things. */
  readonly assertDiskSpace: () => void
}

export interface Context {
  readonly services: Services
  /** Scheme, host and base path under which the caller reaches this API, without a trailing slash. */
  readonly baseUrl: string
  /** The caller's address, behind a trusted proxy too. */
  readonly ip: string
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal
  header(name: string): string | undefined
  setHeader(name: string, value: string): void
  /** Ends the connection at once, whatever was answered so far. */
  cut(): void
}

export type ContextOf<K extends OperationId> = OperationById<K>['access'] extends
  | 'public'
  | 'signed'
  ? Context
  : Context & { readonly auth: OperationById<K>['access'] extends 'player' ? PlayerAuth : Auth }

/** JSON that is serialised already. */
export class RawJson {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Result<K extends OperationId> = OperationById<K>['answer'] extends { json: unknown }
  ? Answered<OperationById<K>> | RawJson
  : OperationById<K>['answer'] extends { stream: string } | { text: string }
    ? AsyncIterable<Uint8Array>
    : void

/** What answers one operation: a function in a file of its own. Refuses with a HatcheryError. */
export type Handler<K extends OperationId> = (
  input: Input<OperationById<K>>,
  context: ContextOf<K>,
) => Promise<Result<K>>

/** A handler for every operation: leaving one out does not compile. */
export type Handlers = { readonly [K in OperationId]: Handler<K> }
