/**
 * The store: whole units of work. No open transaction crosses this interface; when a promise resolves,
 * what it did is durable. Verbs: `find…` may be empty, `get…` throws a HatcheryError `not-found`,
 * `list…`, `insert…`, `change…`. Every change of a record writes a row of `events` in the same commit.
 */
import type { ProcessStatus } from '@hatchery/contract'
import type { Application, ApplicationChange } from './application.ts'
import type { Build } from './build.ts'
import type { Instant } from './clock.ts'
import type { ContainerPort, Deployment } from './deployment.ts'
import type { OrgToken, Organization } from './organization.ts'
import type { Origin, Process, ProcessId } from './process.ts'
import type { PortRange } from './region.ts'

export interface Store {
  /** The id of this installation; made once, at the first opening. */
  readonly installationId: string

  // Organizations and tokens
  /** The oldest organization, made at the first start; undefined in an empty store. */
  findFirstOrganization(): Promise<Organization | undefined>
  insertOrganization(organization: Organization, token: OrgToken): Promise<void>
  findTokenByHash(hash: string): Promise<OrgToken | undefined>

  // Applications
  /** Refuses with `taken` a name that a living application of the organization has. */
  insertApplication(application: Application): Promise<void>
  /** Undefined when unknown, deleted, or another organization's. */
  findApplication(orgId: string, appId: string): Promise<Application | undefined>
  /** Newest first. */
  listApplications(orgId: string): Promise<Application[]>
  changeApplication(orgId: string, appId: string, change: ApplicationChange): Promise<Application>
  /** Marks it deleted and asks all its processes to stop, in one unit; answers the ids of those. */
  deleteApplication(orgId: string, appId: string, by: string, at: Instant): Promise<ProcessId[]>

  // Builds
  /** Refuses with `taken` an id that exists. */
  insertBuild(build: Build): Promise<void>
  /** Deleted ones too; undefined when unknown or another organization's. */
  findBuild(orgId: string, buildId: string): Promise<Build | undefined>
  /** Deleted ones too; whoever asks has a signed URL for it. */
  findBuildById(buildId: string): Promise<Build | undefined>
  /** Without deleted ones, newest first. */
  listBuilds(orgId: string): Promise<Build[]>
  /** Builds a kill left at status `running`, of every organization. */
  listRunningBuilds(): Promise<Build[]>
  /** Applies `change` in one unit; the same object back means nothing to write. */
  changeBuild(buildId: string, change: (build: Build) => Build): Promise<Build>
  /** Whether a build that is not deleted, or an unfinished process, uses this content. */
  isArtifactUsed(contentHash: string): Promise<boolean>

  // Deployments
  /** Refuses with `not-found` an application that is gone and with `invalid` a build that is not usable; fills in `seq` and `buildTag`. */
  insertDeployment(deployment: Omit<Deployment, 'seq' | 'buildTag'>): Promise<Deployment>
  findDeployment(appId: string, deploymentId: string): Promise<Deployment | undefined>
  findLatestDeployment(appId: string): Promise<Deployment | undefined>
  /** Newest first, `limit` from below `beforeSeq`. */
  listDeployments(query: DeploymentQuery): Promise<Deployment[]>
  /** The latest deployment and its build of each application, for the answers that show both. */
  findLatestDeployments(
    appIds: readonly string[],
  ): Promise<Map<string, { deployment: Deployment; build: Build }>>

  // Processes
  /**
   * Records a new process, status `starting`, and schedules it in the same commit as `scheduleProcess` does. Without a
   * `demand` it is left unscheduled. Refuses with `not-found` when the application is gone, and with `no-capacity` when
   * no port is free.
   */
  insertProcess(process: NewProcess, demand: PortDemand | null): Promise<Process>
  /**
   * Reads, applies the pure `change`, writes where nothing else wrote in between (else again), with counters and
   * event in the same commit; ports are freed when it becomes final. The same object back means nothing to write.
   */
  changeProcess(processId: ProcessId, change: (process: Process) => Process): Promise<Process>
  /**
   * Leases a number for each port on the process' node and sets `scheduledAt`, in one commit. The container port itself where it
   * is ≥ 1024 and free, else the oldest-freed of the range; never one in `avoid`. Undefined when there is none free.
   */
  scheduleProcess(processId: ProcessId, demand: ScheduleDemand): Promise<Process | undefined>
  /** Writes back the record of a run that no record is known of, with its ports leased; false when there is one. */
  adoptProcess(process: Omit<Process, 'seq'>): Promise<boolean>
  /** Undefined when unknown or another application's. */
  findProcess(appId: string, processId: ProcessId): Promise<Process | undefined>
  findProcessById(processId: ProcessId): Promise<Process | undefined>
  /** Ids of all that are not final. */
  listUnfinished(): Promise<ProcessId[]>
  /** The processes that are not final and of these statuses, for the engine's rounds. */
  listByStatus(statuses: readonly ProcessStatus[]): Promise<Process[]>
  /** The newest by insertion, already serialised as ProcessV3, at most `limit`, and the cursor of the next page where there may be one. */
  latestProcesses(
    query: ProcessQuery & { limit: number; cursor: number | null },
  ): Promise<{ records: string[]; next: number | null }>
  /** Every process ever recorded that matches; removal of old ones does not lower it. */
  countProcesses(query: ProcessQuery): Promise<number>
  /** Removes up to `limit` final processes that ended before `before` and are marked cleaned; answers their ids. */
  removeFinal(before: Instant, limit: number): Promise<ProcessId[]>
  /** Ids and node of final processes that ended before `before` whose files were not cleaned yet; see `markCleaned`. */
  listUncleaned(before: Instant, limit: number): Promise<{ processId: ProcessId; nodeId: string }[]>
  markCleaned(processIds: readonly ProcessId[]): Promise<void>
  /** Counts of unfinished processes by status, for metrics and health. */
  countsByStatus(): Promise<Partial<Record<ProcessStatus, number>>>

  /** Removes events older than `before` and those beyond the newest `maxRows`, in small units; the newest always stays. */
  pruneEvents(before: Instant, maxRows: number): Promise<void>

  close(): Promise<void>
}

export interface DeploymentQuery {
  readonly appId: string
  readonly buildTag?: string | undefined
  readonly deploymentTag?: string | undefined
  readonly beforeSeq: number | null
  readonly limit: number
}

export interface ProcessQuery {
  readonly appId: string
  /** Empty: any. */
  readonly statuses: readonly ProcessStatus[]
  /** Empty: any. */
  readonly regions: readonly string[]
  /** Only those created strictly earlier. */
  readonly before: Instant | null
}

export type NewProcess = Origin & Pick<Process, 'cpu' | 'memoryMb' | 'createdAt'>

/** The ports that a process needs, and where they come from. */
export interface PortDemand {
  readonly ports: readonly ContainerPort[]
  /** Null: the node's driver needs no leases, every process gets its container ports. */
  readonly range: PortRange | null
  readonly host: string
}

export interface ScheduleDemand extends PortDemand {
  /** Numbers found taken by other programs. */
  readonly avoid: readonly number[]
  readonly at: Instant
}

/** Measurements of processes, kept for 72 h in a file of their own. Losing the last seconds is harmless. */
export interface MetricStore {
  write(samples: readonly MetricSample[]): void
  /** Points `{value, timestamp}` (Unix seconds) every `stepSeconds` from `start` to `end`, the last sample of each step. */
  read(query: MetricQuery): Promise<Partial<Record<MetricName, MetricPoint[]>>>
  prune(before: Instant): void
  close(): void
}

export type MetricName = 'cpu' | 'memory' | 'rateEgress' | 'totalEgress' | 'activeConnections'

/** Null where it cannot be measured. */
export interface MetricSample {
  readonly processId: ProcessId
  readonly at: Instant
  readonly cpu: number | null
  readonly memory: number | null
  readonly rateEgress: number | null
  readonly totalEgress: number | null
  readonly activeConnections: number | null
}

export interface MetricQuery {
  readonly processId: ProcessId
  readonly metrics: readonly MetricName[]
  readonly start: Instant
  readonly end: Instant
  readonly stepSeconds: number
}

export interface MetricPoint {
  readonly value: number
  readonly timestamp: number
}
