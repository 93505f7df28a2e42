/** The port to a place where processes run. Nothing above this line knows which driver it talks to. */
import type { TransportType } from '@hatchery/contract'
import type { Instant } from './clock.ts'
import type { Exit } from './exit-reason.ts'
import type { Origin, ProcessId } from './process.ts'
import type { RegistryImage } from './registry-image.ts'

/** A port of a run: `port` is the number to bind where the place has no network of its own, `containerPort` elsewhere. */
export interface SpecPort {
  readonly name: string
  readonly transport: TransportType
  readonly containerPort: number
  readonly port: number
}

/** What a driver starts: the whole run, and enough beside it to rebuild the process' record from the stamp. */
export interface ProcessSpec<Startable extends Artifact = Artifact> extends Origin {
  readonly installationId: string
  /** Whether a static allocation made it. Stamps of the first versions do not tell. */
  readonly isAllocated?: boolean
  /** Its fleet. Stamps of the first versions do not tell. */
  readonly fleetId?: string | null
  readonly createdAt: Instant
  readonly scheduledAt: Instant
  readonly host: string
  readonly artifact: Startable
  /** The whole environment of the game but for what the place itself sets (PATH, LANG, HOME, TMPDIR, USER), which this may override. */
  readonly env: Readonly<Record<string, string>>
  /** The default port first. */
  readonly ports: readonly SpecPort[]
  /** Cores, 0.25 = a quarter. */
  readonly cpu: number
  readonly memoryMb: number
}

/** What a build became: a build has one for each kind of place that found in its archive what it starts. */
export type Artifact = FolderArtifact | ImageArtifact

/** An unpacked folder, with the line that starts the server. */
export interface FolderArtifact {
  readonly kind: 'folder'
  readonly contentHash: string
  readonly command: string
}

/** An image of a container engine. */
export interface ImageArtifact {
  readonly kind: 'image'
  /** The image's id without `sha256:`. */
  readonly contentHash: string
  /** Address of the engine that has it. */
  readonly engine: string
}

/** What is there. `bootedAt`: the program runs. `boundAt`: its default port is bound. */
export type Observation =
  | { readonly state: 'absent'; readonly processId: ProcessId }
  | { readonly state: 'starting'; readonly processId: ProcessId; readonly spec: ProcessSpec }
  | HeldObservation
  | RunningObservation
  | EndedObservation

/** Made by `prepare` and not handed over by `start`; no process yet, whatever became of its program. */
export interface HeldObservation {
  readonly state: 'held'
  readonly processId: ProcessId
  readonly spec: ProcessSpec
  /** Whether it is bound and paused, so that handing it over takes next to no time. */
  readonly isReady: boolean
}

export interface RunningObservation {
  readonly state: 'running'
  readonly processId: ProcessId
  readonly spec: ProcessSpec
  readonly bootedAt: Instant
  readonly boundAt: Instant | null
  /** A port it listens on instead of its own, as `7777/udp`; null while none is known. */
  readonly boundInstead: string | null
}

export interface EndedObservation {
  readonly state: 'ended'
  readonly processId: ProcessId
  readonly spec: ProcessSpec
  readonly bootedAt: Instant | null
  readonly boundAt: Instant | null
  readonly boundInstead: string | null
  readonly endedAt: Instant
  readonly exit: Exit
}

/** A place where processes run. It remembers nothing: it stamps what it starts (installation id, process id, whole spec) and finds it by that stamp. */
export interface Driver {
  readonly name: string
  /** Whether processes of one node share its port numbers, so that the engine leases them. */
  readonly leasesPorts: boolean
  /** Whether a program binds its leased port itself; elsewhere it binds the container port, in a network of its own. */
  readonly bindsLeasedPort: boolean
  /** The file at the root of an archive that it needs to make what it starts: `Procfile`. */
  readonly startsFrom: string
  canStart(artifact: Artifact): boolean
  /**
   * Starts the process, or lets go on what was prepared; resolves when the place has accepted it. Repeating it starts
   * nothing twice.
   * Rejects with a DriverError: `portTaken` when another program holds one of the ports, else
   * temporary (tried again) or not (the process fails with the message).
   */
  start(spec: ProcessSpec, signal: AbortSignal): Promise<void>
  /** Asks or forces the whole run to end. What is gone already is success. The engine owns the grace time between the two. */
  signal(processId: ProcessId, kind: 'terminate' | 'kill'): Promise<void>
  /** What is there now. Nothing there is an answer, not an error. */
  observe(processId: ProcessId): Promise<Observation>
  /** Everything with our installation's stamp: to adopt at start-up, to find what has no record. Other installations' are never touched. */
  list(): Promise<Observation[]>
  /** Calls back when something may have changed. Losing an event costs time, never correctness. Ends with close(). */
  watch(onChange: (processId: ProcessId) => void): void
  /** Forgets what is final: run folder, stopped container. What is not there is success. */
  remove(processId: ProcessId): Promise<void>
  close(): Promise<void>
}

export interface DriverErrorOptions {
  readonly temporary: boolean
  /** Another program holds one of the ports. */
  readonly portTaken?: boolean
  /** A builder found nothing in an archive that it builds from: no failure as long as another one does. */
  readonly nothingToBuild?: boolean
  readonly cause?: unknown
}

/** A driver's failure. Temporary ones are tried again with back-off; others fail the process with this message. */
export class DriverError extends Error {
  override readonly name = 'DriverError'
  readonly temporary: boolean
  readonly portTaken: boolean
  readonly nothingToBuild: boolean

  constructor(message: string, options: DriverErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.temporary = options.temporary
    this.portTaken = options.portTaken ?? false
    this.nothingToBuild = options.nothingToBuild ?? false
  }
}

/** Connections of players: a count, or unknown where the place cannot tell. Only a known zero is idle. */
export type Activity =
  | { readonly kind: 'known'; readonly count: number }
  | { readonly kind: 'unknown' }

/** What a run used so far. Counters only grow while it lives. */
export interface Usage {
  readonly processId: ProcessId
  /** CPU time since its start, in seconds over all cores. */
  readonly cpuSeconds: number
  readonly memoryBytes: number
  /** Bytes that left it since its start; null where the place cannot tell. */
  readonly egressBytes: number | null
  readonly activity: Activity
}

/** A driver that measures. One that can has `usage`. */
export interface UsageSource {
  /** One sample of each run that is alive; what is gone is left out. */
  usage(processIds: readonly ProcessId[]): Promise<Usage[]>
  /** Where counts and limits come from, for our view of a process. */
  readonly activityMeasure: (processId: ProcessId) => 'cgroup' | 'sockets' | 'nftables' | 'none'
  readonly limits: 'enforced' | 'counted'
}

/** A driver that turns an uploaded archive into what it can start. One that can has `builder`. */
export interface Builder<Made extends Artifact = Artifact> {
  /**
   * Builds from a gzipped tar at `archive`. `say` gets the build's output line by line.
   * Rejects with a DriverError whose message is the cause in words (`nothingToBuild` where the archive is not for it).
   * Leaves nothing behind when it fails.
   */
  build(archive: string, say: (line: string) => void, signal: AbortSignal): Promise<Built<Made>>
  /** Content hashes of what may be removed once nothing uses it. A place may keep some for a while, to be faster. */
  artifacts(): Promise<string[]>
  removeArtifact(contentHash: string): Promise<void>
}

/** A builder that also takes images out of registries. One that can has `pull`. */
export interface ImagePuller {
  /** `say` gets the progress line by line. Rejects as `build` does; credentials are in no message. */
  pull(
    image: RegistryImage,
    say: (line: string) => void,
    signal: AbortSignal,
  ): Promise<Built<ImageArtifact>>
}

/** A driver whose `start` takes an artifact over from another place first. One that does has `canFetch`. */
export interface Fetcher {
  canFetch(artifact: Artifact): boolean
}

/** A driver that starts runs before they are asked for. One that can has `preparer`. */
export interface Preparer {
  /**
   * Starts the run, waits until its default port is bound, and pauses it: `start` of the same id lets it go on, and its
   * life begins then. Repeating it prepares nothing twice. Rejects with a DriverError as `start` does, and when the run
   * ends or `signal` is aborted before it is bound; `remove` then takes away what is there.
   */
  prepare(spec: ProcessSpec, signal: AbortSignal): Promise<void>
}

/** A builder that keeps more than what it made, to be faster the next time. One that does has `makeRoom`. */
export interface RoomMaker {
  /** Gives that up when its disk fills up. Called now and then, never during a build of ours. */
  makeRoom(): Promise<void>
}

export interface Built<Made extends Artifact = Artifact> {
  readonly artifact: Made
  readonly sizeBytes: number
}

export const measuresUsage = (driver: Driver): driver is Driver & { usage: UsageSource } =>
  'usage' in driver

export const canPrepare = (driver: Driver): driver is Driver & { preparer: Preparer } =>
  'preparer' in driver

export const canFetch = (driver: Driver, artifact: Artifact): boolean =>
  'canFetch' in driver && (driver as Driver & Fetcher).canFetch(artifact)

export const canBuild = (driver: Driver): driver is Driver & { builder: Builder } =>
  'builder' in driver

export const canPull = (builder: Builder): builder is Builder & ImagePuller => 'pull' in builder

export const canMakeRoom = (builder: Builder): builder is Builder & RoomMaker =>
  'makeRoom' in builder
