/** The client: a group of methods per tag of the API, with the official client's names and arguments. */
import { type FollowEventsOptions, type HatcheryEvent, followEvents } from './events.ts'
import { type FollowLogOptions, followLog } from './follow-log.ts'
import { AppsV1 } from './generated/apps-v1.ts'
import { AppsV2 } from './generated/apps-v2.ts'
import { AuthV1 } from './generated/auth-v1.ts'
import { BuildsV1 } from './generated/builds-v1.ts'
import { BuildsV2 } from './generated/builds-v2.ts'
import { BillingV1 } from './generated/billing-v1.ts'
import { BuildsV3 } from './generated/builds-v3.ts'
import { DeploymentsV1 } from './generated/deployments-v1.ts'
import { DeploymentsV2 } from './generated/deployments-v2.ts'
import { DeploymentsV3 } from './generated/deployments-v3.ts'
import { DiscoveryV1 } from './generated/discovery-v1.ts'
import { DiscoveryV2 } from './generated/discovery-v2.ts'
import { FleetsV1 } from './generated/fleets-v1.ts'
import { FleetsV2 } from './generated/fleets-v2.ts'
import { HatcheryV1 } from './generated/hatchery-v1.ts'
import { LobbiesV1 } from './generated/lobbies-v1.ts'
import { LobbiesV2 } from './generated/lobbies-v2.ts'
import { LobbiesV3 } from './generated/lobbies-v3.ts'
import { LogsV1 } from './generated/logs-v1.ts'
import { ProcessesV1 } from './generated/processes-v1.ts'
import { ProcessesV2 } from './generated/processes-v2.ts'
import { ManagementV1 } from './generated/management-v1.ts'
import { OrganizationsV1 } from './generated/organizations-v1.ts'
import { MetricsV1 } from './generated/metrics-v1.ts'
import { NodesV1 } from './generated/nodes-v1.ts'
import { ProcessesV3 } from './generated/processes-v3.ts'
import { RoomsV1 } from './generated/rooms-v1.ts'
import { RoomsV2 } from './generated/rooms-v2.ts'
import { TokensV1 } from './generated/tokens-v1.ts'
import type { ProcessV3 } from './generated/types.ts'
import { type LatestProcessesOptions, latestProcesses } from './latest-processes.ts'
import type { HatcheryOptions, RequestOptions } from './options.ts'
import type { QueryValue } from './request.ts'
import { type Sender, createSender } from './sender.ts'
import { type WaitUntilRunningOptions, waitUntilRunning } from './wait-until-running.ts'
import {
  type ProcessChange,
  type WatchProcessesOptions,
  watchProcesses,
} from './watch-processes.ts'

export interface RawRequestOptions extends RequestOptions {
  query?: Readonly<Record<string, QueryValue>> | undefined
  /** Sent as JSON. */
  body?: unknown
}

/** A client of one server. It holds no connection and needs no closing. */
export class Hatchery {
  readonly #sender: Sender
  readonly #appId: string | undefined
  readonly processesV3: ProcessesV3
  readonly appsV2: AppsV2
  readonly buildsV3: BuildsV3
  readonly buildsV2: BuildsV2
  readonly buildsV1: BuildsV1
  readonly deploymentsV3: DeploymentsV3
  readonly roomsV2: RoomsV2
  readonly roomsV1: RoomsV1
  readonly tokensV1: TokensV1
  readonly organizationsV1: OrganizationsV1
  readonly managementV1: ManagementV1
  readonly billingV1: BillingV1
  readonly authV1: AuthV1
  readonly lobbiesV3: LobbiesV3
  readonly lobbiesV2: LobbiesV2
  readonly lobbiesV1: LobbiesV1
  readonly logsV1: LogsV1
  readonly metricsV1: MetricsV1
  readonly discoveryV2: DiscoveryV2
  readonly discoveryV1: DiscoveryV1
  readonly processesV2: ProcessesV2
  readonly processesV1: ProcessesV1
  readonly appsV1: AppsV1
  readonly deploymentsV2: DeploymentsV2
  readonly deploymentsV1: DeploymentsV1
  readonly fleetsV2: FleetsV2
  readonly fleetsV1: FleetsV1
  readonly nodesV1: NodesV1
  /** Hatchery's own operations, which the official client does not have. */
  readonly hatchery: HatcheryV1

  constructor(options: HatcheryOptions) {
    const sender = createSender({ ...options })
    this.#sender = sender
    this.#appId = options.appId
    this.processesV3 = new ProcessesV3(sender)
    this.appsV2 = new AppsV2(sender)
    this.buildsV3 = new BuildsV3(sender)
    this.buildsV2 = new BuildsV2(sender)
    this.buildsV1 = new BuildsV1(sender)
    this.deploymentsV3 = new DeploymentsV3(sender)
    this.roomsV2 = new RoomsV2(sender)
    this.roomsV1 = new RoomsV1(sender)
    this.tokensV1 = new TokensV1(sender)
    this.organizationsV1 = new OrganizationsV1(sender)
    this.managementV1 = new ManagementV1(sender)
    this.billingV1 = new BillingV1(sender)
    this.authV1 = new AuthV1(sender)
    this.lobbiesV3 = new LobbiesV3(sender)
    this.lobbiesV2 = new LobbiesV2(sender)
    this.lobbiesV1 = new LobbiesV1(sender)
    this.logsV1 = new LogsV1(sender)
    this.metricsV1 = new MetricsV1(sender)
    this.discoveryV2 = new DiscoveryV2(sender)
    this.discoveryV1 = new DiscoveryV1(sender)
    this.processesV2 = new ProcessesV2(sender)
    this.processesV1 = new ProcessesV1(sender)
    this.appsV1 = new AppsV1(sender)
    this.deploymentsV2 = new DeploymentsV2(sender)
    this.deploymentsV1 = new DeploymentsV1(sender)
    this.fleetsV2 = new FleetsV2(sender)
    this.fleetsV1 = new FleetsV1(sender)
    this.nodesV1 = new NodesV1(sender)
    this.hatchery = new HatcheryV1(sender)
  }

  /**
   * What changes, from now on, in the order in which it happened. Goes on after a cut where it was; where the server
   * does not have all of that any more, an item of kind `reset` says so. Ends when the signal aborts. Throws where
   * the first attempt fails, and where the server refuses, as when the token was revoked.
   */
  followEvents(options: FollowEventsOptions = {}): AsyncGenerator<HatcheryEvent, void> {
    return followEvents(this.#sender, { ...options, appId: this.#appOf(options) })
  }

  /**
   * The changes of an application's processes, from now on: each as it became, and as it was before where that is
   * known. Goes on after a cut, whatever was missed. Ends and throws as `followEvents`.
   */
  watchProcesses(options: WatchProcessesOptions = {}): AsyncGenerator<ProcessChange, void> {
    const watcher = { sender: this.#sender, processes: this.processesV3 }
    return watchProcesses(watcher, { ...options, appId: this.#appOf(options) ?? undefined })
  }

  /**
   * Resolves with the process once it runs and players can connect. Rejects at once with a ProcessEndedError, which
   * has the reason and the last lines of the log, when it ends before; with a RequestTimeoutError after `timeoutMs`.
   */
  waitUntilRunning(processId: string, options: WaitUntilRunningOptions = {}): Promise<ProcessV3> {
    const waiter = { sender: this.#sender, processes: this.processesV3, logs: this.logsV1 }
    return waitUntilRunning(waiter, processId, options)
  }

  /**
   * The lines of a process' log, the last ones first, then as they come, without line ends. Goes on after a cut with
   * no line lost or doubled. Ends when the process has ended, and when the signal aborts.
   */
  followLog(processId: string, options: FollowLogOptions = {}): AsyncGenerator<string, void> {
    return followLog(this.#sender, processId, options)
  }

  /** The processes of an application, newest first, all there are or `limit`; a page of 10 at a time. */
  latestProcesses(options: LatestProcessesOptions = {}): AsyncGenerator<ProcessV3, void> {
    return latestProcesses(this.#sender, options)
  }

  #appOf({ appId }: { appId?: string | null | undefined }): string | null | undefined {
    return appId === undefined ? this.#appId : appId
  }

  /**
   * Calls what has no method here, with the client's token. `path` begins with `/` and is sent as it is,
   * below the base path; values in it must be percent-encoded. The answer is handed on unread; a status
   * that is not 2xx rejects with an ApiError.
   */
  request(method: string, path: `/${string}`, options: RawRequestOptions = {}): Promise<Response> {
    const { query, body, ...others } = options
    const operation = `${method} ${path.split('?')[0]}`
    return this.#sender.raw({ operation, method, path, ...(query && { query }), body }, others)
  }
}
