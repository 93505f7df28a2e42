/**
 * The store: whole units of work. No open transaction crosses this interface; when a promise resolves,
 * what it did is durable. Verbs: `find…` may be empty, `get…` throws a HatcheryError `not-found`,
 * `list…`, `insert…`, `change…`. Every change of a record writes a row of `events` in the same commit.
 */
import type { LobbyVisibility, ProcessStatus } from '@hatchery/contract'
import type { Application, ApplicationChange } from './application.ts'
import type { BalancerPortStore } from './balancer-port-store.ts'
import type { Build, NewBuild } from './build.ts'
import type { Instant } from './clock.ts'
import type { ContainerPort, Deployment, NewDeployment } from './deployment.ts'
import type { RecordedEvent } from './events.ts'
import type { StopReason } from './exit-reason.ts'
import type { Fleet } from './fleet.ts'
import type { Lobby } from './lobby.ts'
import type { OrgToken, Organization, OrganizationChange } from './organization.ts'
import type { PeopleStore } from './people-store.ts'
import type { Place } from './placement.ts'
import type { Origin, Process, ProcessId } from './process.ts'
import type { DatedPriceList } from './price-list.ts'
import type { PortRange } from './region.ts'
import type { Room, RoomStay } from './room.ts'
import type { AppUsage, MeasuredEgress, Month } from './usage.ts'
import type { WarmRunStore } from './warm-run-store.ts'

export interface Store extends PeopleStore, BalancerPortStore, WarmRunStore {
  /** The id of this installation; made once, at the first opening. */
  readonly installationId: string

  // Organizations and tokens
  /** The oldest organization, made at the first start; undefined in an empty store. */
  findFirstOrganization(): Promise<Organization | undefined>
  findOrganization(orgId: string): Promise<Organization | undefined>
  /** `not-found` when it is unknown. */
  changeOrganization(orgId: string, change: OrganizationChange): Promise<Organization>
  insertOrganization(organization: Organization, token: OrgToken): Promise<void>
  /** The oldest first. */
  listOrganizations(): Promise<Organization[]>
  /** Refuses with `taken` a name that another token of the organization has, unless that one is revoked. */
  insertToken(token: OrgToken): Promise<void>
  /** Revoked ones too. */
  findTokenByHash(hash: string): Promise<OrgToken | undefined>
  /** All of an organization, revoked ones too, newest first. */
  listTokens(orgId: string): Promise<OrgToken[]>
  /**
   * Answers the token as it is then; one that was revoked before stays as it was. Undefined when it is unknown or
   * another organization's. Refuses with `invalid` to leave nobody who may do everything, but in the first organization,
   * where the next start makes a token.
   */
  revokeToken(orgId: string, orgTokenId: string, at: Instant): Promise<OrgToken | undefined>

  // Fleets
  /** Refuses with `taken` a name that another fleet of the organization has. */
  insertFleet(fleet: Fleet): Promise<void>
  /** Undefined when it is unknown or another organization's. */
  findFleet(orgId: string, fleetId: string): Promise<Fleet | undefined>
  /** Oldest first. */
  listFleets(orgId: string): Promise<Fleet[]>
  /** Those of every organization, for what is measured of them. */
  listAllFleets(): Promise<Fleet[]>
  /**
   * Applies `change` in one unit; the same object back means nothing to write. `not-found` when it is unknown, `taken`
   * when another one has the new name.
   */
  changeFleet(orgId: string, fleetId: string, change: (fleet: Fleet) => Fleet): Promise<Fleet>
  /** Ids of those that have no default fleet. */
  listOrganizationsWithoutFleet(): Promise<string[]>
  /**
   * Makes it the default fleet of its organization, or one of its name that is there already; nothing where the
   * organization has one.
   */
  insertDefaultFleet(fleet: Fleet): Promise<void>
  /** What the unfinished processes of each fleet request in each region. */
  listFleetLoads(): Promise<FleetLoad[]>

  // Applications
  /** Refuses with `taken` a name that a living application of the organization has. */
  insertApplication(application: Application): Promise<void>
  /** Undefined when unknown, deleted, or another organization's. */
  findApplication(orgId: string, appId: string): Promise<Application | undefined>
  /** For players, who have no organization; undefined when unknown or deleted. */
  findOpenApplication(appId: string): Promise<Application | undefined>
  /** Newest first. */
  listApplications(orgId: string): Promise<Application[]>
  /** Those of every organization, for what the engine keeps running. */
  listAllApplications(): Promise<Application[]>
  changeApplication(orgId: string, appId: string, change: ApplicationChange): Promise<Application>
  /** Marks it deleted and asks all its processes to stop, in one unit; answers the ids of those. */
  deleteApplication(orgId: string, appId: string, by: string, at: Instant): Promise<ProcessId[]>

  // Builds
  /** Refuses with `taken` an id that exists; fills in `number`. */
  insertBuild(build: NewBuild): Promise<Build>
  /** Deleted ones too; undefined when unknown or another organization's. */
  findBuild(orgId: string, buildId: string): Promise<Build | undefined>
  /** As `findBuild`, by the number that it has in the organization. */
  findBuildByNumber(orgId: string, number: number): Promise<Build | undefined>
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
  /** Refuses with `not-found` an application that is gone and with `invalid` a build that is not usable; fills in `seq`, `number` and `buildTag`. */
  insertDeployment(deployment: NewDeployment): Promise<Deployment>
  findDeployment(appId: string, deploymentId: string): Promise<Deployment | undefined>
  findDeploymentByNumber(appId: string, number: number): Promise<Deployment | undefined>
  findLatestDeployment(appId: string): Promise<Deployment | undefined>
  /** Newest first, `limit` from below `beforeSeq`. */
  listDeployments(query: DeploymentQuery): Promise<Deployment[]>
  /** The latest deployment and its build of each application, for the answers that show both. */
  findLatestDeployments(
    appIds: readonly string[],
  ): Promise<Map<string, { deployment: Deployment; build: Build }>>

  // Processes
  /**
   * Records a new process, status `starting`, on the first node of `places` that has capacity and ports for it, and
   * schedules it there, in one commit. Refuses with `not-found` when the application is gone, and with a
   * `NoCapacityError`, naming what is free on each node, when none has room. Refuses with a `LimitReachedError` what is
   * beyond a limit of the organization, counted in the same commit. The same key again answers the process it made before.
   * In each region a warm run of the deployment is taken first: the process has its id then, not that of the request.
   */
  placeProcess(request: ProcessRequest, places: readonly Place[]): Promise<Process>
  /**
   * Records a new process on the node that it names, whatever its capacity. Without a `demand` it is left unscheduled.
   * Refuses with `not-found` when the application is gone, and with `no-capacity` when no port is free.
   */
  insertProcess(process: NewProcess, demand: PortDemand | null): Promise<Process>
  /**
   * Reads, applies the pure `change`, writes where nothing else wrote in between (else again), with counters and
   * event in the same commit; ports are freed when it becomes final. The same object back means nothing to write.
   */
  changeProcess(processId: ProcessId, change: (process: Process) => Process): Promise<Process>
  /**
   * Asks a process to drain, as `draining` does; one that runs only while more than `minRunning` of its application run
   * in its region, counted in the same commit. Answers it as it is then.
   */
  drainProcess(processId: ProcessId, order: DrainOrder): Promise<Process>
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
  /** The processes of an application in a region that are not final, oldest first. */
  listUnfinishedIn(appId: string, region: string): Promise<Process[]>
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

  // Rooms
  /**
   * Places a new room on the fullest, then oldest process of the deployment in the first of `places` that has a free
   * slot; where none has, a process is made there as `placeProcess` does. Rooms that race never overfill a process and
   * never make more processes than needed. A chosen id that a living room has answers that room, when its region and
   * the config it was created with are the same; else it is refused with `taken`.
   */
  createRoom(room: NewRoom, process: ProcessRequest, places: readonly Place[]): Promise<PlacedRoom>
  /** Places a suspended room anew, as `createRoom` does; an active one is answered as it is. `not-found` when it is over. */
  resumeRoom(
    room: RoomToResume,
    process: ProcessRequest,
    places: readonly Place[],
  ): Promise<PlacedRoom>
  /**
   * Takes a room off its process and ends or keeps it; answers the process it was on, with the slot free. Undefined
   * when nothing changed. `not-found` when no room ever had the id.
   */
  releaseRoom(release: RoomRelease): Promise<Process | undefined>
  /** Replaces the config of a room that is not over; `not-found` when it is, or another application's. */
  changeRoomConfig(appId: string, roomId: string, roomConfig: string): Promise<Room>
  /** The newest room of the id, with the process it is on, or was on last when it is over; undefined when none had it. */
  findRoom(appId: string, roomId: string): Promise<FoundRoom | undefined>
  /** As `findRoom`, for players, who have no organization: undefined when the application was deleted. */
  findOpenRoom(appId: string, roomId: string): Promise<FoundRoom | undefined>
  /** All stays of a room, the oldest first. */
  listRoomStays(room: Room): Promise<RoomStay[]>
  /** Those that are on the process now, the oldest first. */
  listRoomsOn(processId: ProcessId): Promise<Room[]>
  /** Those that were on the process and are not now, the last to leave first; at most 1,000. */
  listRoomsThatLeft(processId: ProcessId): Promise<Room[]>
  /** Those of an application that are not over, newest first. */
  listRooms(appId: string, limit: number): Promise<Room[]>
  /** Removes up to `limit` rooms that ended before `before`, with their stays and lobbies; answers how many. */
  removeEndedRooms(before: Instant, limit: number): Promise<number>

  // Lobbies
  /**
   * A room as `createRoom` makes it, and the lobby, in one commit. Refuses with `rate-limited` a player who made
   * `mostPerHour` within an hour, and with `taken` a chosen id of a room that is no lobby, or not the same of this player.
   */
  createLobby(
    lobby: NewLobby,
    process: ProcessRequest,
    places: readonly Place[],
  ): Promise<PlacedLobby>
  /** That of the newest room of the id, over or not; undefined when there is none or it is no lobby. */
  findLobby(appId: string, roomId: string): Promise<Lobby | undefined>
  /** Of the newest room of the id, over or not; `not-found` when that is no lobby. `state` is JSON. */
  setLobbyState(appId: string, roomId: string, state: string): Promise<Lobby>
  /** The newest that has the code, over or not. */
  findLobbyByCode(appId: string, shortCode: string): Promise<Lobby | undefined>
  /** Those whose room is active, newest first: `limit`, or as many as have 8 MB of configs and states. */
  listLobbies(query: LobbyQuery): Promise<Lobby[]>

  /** Keys of `placeProcess` older than `before` may be used again. */
  removeOldKeys(before: Instant): Promise<void>

  // Nodes
  /** What is requested of each node that was ever noted, had a process or was drained. */
  listNodeLoads(): Promise<NodeLoad[]>
  /** Those that are new are known since `at`. */
  noteNodes(nodeIds: readonly string[], at: Instant): Promise<void>
  /** Whether new processes may go to a node. */
  setNodeDraining(nodeId: string, isDraining: boolean): Promise<void>

  // Usage
  /**
   * What each application of an organization used, newest month first: what ended is added in the commit in which it
   * ended, what did not is counted up to now. Deleted ones too; nothing is lost with records that are removed.
   */
  listUsage(query: UsageQuery): Promise<AppUsage[]>
  /** Hours of a core that the processes of an organization used in this month so far. */
  findMonthVcpuHours(orgId: string): Promise<number>
  /** The most cores that the unfinished processes of an organization requested at once, today and on the six days before (UTC). */
  findPeakVcpus(orgId: string): Promise<number>
  /** Adds what left processes since it was last counted, however often the server was started anew between. */
  countEgress(measured: readonly MeasuredEgress[]): Promise<void>
  /** Replaces that of the same month. */
  keepPriceList(list: DatedPriceList): Promise<void>
  /** Oldest month first. */
  listPriceLists(): Promise<DatedPriceList[]>

  // Events
  /** Those after the number `after`, in their order. */
  listEvents(after: number, limit: number): Promise<RecordedEvent[]>
  /** The numbers of the oldest and the newest that are kept; undefined while there never was one. */
  findEventRange(): Promise<{ oldest: number; newest: number } | undefined>
  /** Calls back after each commit: there may be new events. Must be quick and must not throw; the answer ends it. */
  watchCommits(onCommit: () => void): () => void
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

export type NewProcess = Origin &
  Pick<Process, 'cpu' | 'memoryMb' | 'createdAt'> &
  Partial<Pick<Process, 'initialRoom' | 'isAllocated' | 'fleetId'>>

/** A process that goes where there is room for it. */
export type ProcessRequest = Omit<NewProcess, 'region' | 'nodeId' | 'initialRoom'> & {
  readonly ports: readonly ContainerPort[]
  /** Chosen by the caller, so that asking again makes no second one. */
  readonly idempotencyKey: string | null
}

export interface DrainOrder {
  readonly why: StopReason
  readonly at: Instant
  readonly minRunning: number
}

export interface NewRoom {
  readonly roomId: string
  /** Whether the caller chose the id. */
  readonly isChosen: boolean
  readonly region: string
  readonly roomConfig: string | null
  readonly roomAllocationId: string
}

export type RoomToResume = Pick<NewRoom, 'roomId' | 'roomAllocationId'>

export interface PlacedRoom {
  readonly room: Room
  readonly process: Process
  /** What happened: nothing (it was there), it joined a process, or one was made for it. */
  readonly kind: 'found' | 'joined' | 'started'
}

export interface NewLobby extends NewRoom {
  readonly visibility: LobbyVisibility
  /** The first that no living lobby has is taken, else the last. */
  readonly shortCodes: readonly [string, ...string[]]
  /** Whether the player chose the code. */
  readonly isCodeChosen: boolean
  readonly createdBy: string
  readonly mostPerHour: number
}

export interface PlacedLobby extends PlacedRoom {
  readonly lobby: Lobby
}

export interface LobbyQuery {
  readonly appId: string
  readonly visibility: LobbyVisibility
  /** Null: any. */
  readonly region: string | null
  readonly limit: number
}

export interface RoomRelease {
  readonly appId: string
  readonly roomId: string
  readonly to: 'destroyed' | 'suspended'
  readonly at: Instant
  /** A game server may release only what is on it: its own id; null for everyone else. */
  readonly onlyOn: ProcessId | null
}

export interface FoundRoom {
  readonly room: Room
  readonly process: Process | undefined
}

export interface UsageQuery {
  readonly orgId: string
  /** Null: all there are. */
  readonly month: Month | null
}

export interface NodeLoad {
  readonly nodeId: string
  readonly cpu: number
  readonly memoryMb: number
  readonly processes: number
  readonly isDraining: boolean
  /** Since when it is known; null for one that only older versions had. */
  readonly knownAt: Instant | null
}

export interface FleetLoad {
  readonly fleetId: string
  readonly region: string
  /** Cores. */
  readonly cpu: number
}

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
