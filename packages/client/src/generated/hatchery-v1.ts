// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import {
  datesOfAllocationView,
  datesOfApplication,
  datesOfCreatedOrg,
  datesOfOrgMember,
  datesOfOrgView,
  datesOfOrgViewsPage,
  datesOfPersonalLink,
  datesOfProcessView,
  datesOfRoomView,
} from './date-fields.ts'
import type {
  AllocationView,
  Application,
  CreatedOrg,
  EventKind,
  LoadBalancerView,
  MemberChange,
  NewOrg,
  NewPersonalLink,
  NodeView,
  OrgChange,
  OrgMember,
  OrgView,
  OrgViewsPage,
  PersonalLink,
  ProcessView,
  RegionView,
  RoomView,
  UsageView,
  WhoAmIView,
} from './types.ts'

/** Hatchery's own operations, beside the published API. */
export class HatcheryV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Get a process with what Hatchery knows of it.
   *
   * Answers the fields of GetProcess, and what shall become of the process, its machine, its exit
   * code, how its connections are counted and whether its limits are enforced.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getProcessView(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<ProcessView> {
    return this.#sender.json(
      {
        operation: 'GetProcessView',
        method: 'GET',
        path: '/hatchery/v1/apps/{appId}/processes/{processId}',
        params: { processId, appId },
        dates: datesOfProcessView,
      },
      options,
    )
  }

  /**
   * Drain a process.
   *
   * It takes no new rooms from now on, keeps those it has, and ends when the last one is over and
   * nobody is connected, or after a day. Asking again changes nothing.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async drainProcess(processId: string, appId?: string, options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'DrainProcess',
        method: 'POST',
        path: '/hatchery/v1/apps/{appId}/processes/{processId}/drain',
        params: { processId, appId },
      },
      options,
    )
  }

  /**
   * List the rooms of an application.
   *
   * Answers the newest 1,000 rooms of an application that are not destroyed.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getRooms(appId?: string, options?: RequestOptions): Promise<Array<RoomView>> {
    return this.#sender.json(
      {
        operation: 'GetRooms',
        method: 'GET',
        path: '/hatchery/v1/apps/{appId}/rooms',
        params: { appId },
        dates: datesOfRoomView,
      },
      options,
    )
  }

  /**
   * See how the static allocation stands.
   *
   * Answers, for each region with a static allocation, how many processes run, start, and are of an
   * older deployment, and why new ones fail where they do.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getAllocations(appId?: string, options?: RequestOptions): Promise<Array<AllocationView>> {
    return this.#sender.json(
      {
        operation: 'GetAllocations',
        method: 'GET',
        path: '/hatchery/v1/apps/{appId}/allocations',
        params: { appId },
        dates: datesOfAllocationView,
      },
      options,
    )
  }

  /**
   * See how the load balancer stands.
   *
   * Answers where the load balancer of an application listens, over how many processes it spreads
   * requests, and how many there are. `serviceConfig.loadBalancer` of the application turns it on.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getLoadBalancer(appId?: string, options?: RequestOptions): Promise<LoadBalancerView> {
    return this.#sender.json(
      {
        operation: 'GetLoadBalancer',
        method: 'GET',
        path: '/hatchery/v1/apps/{appId}/load-balancer',
        params: { appId },
      },
      options,
    )
  }

  /**
   * Replace the secret of an application.
   *
   * Makes a new secret that signs player tokens. Tokens that the old one signed are good for
   * another day; those of the one before it are not any more. Game servers that run already keep
   * the secret they were started with.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async rotateAppSecret(appId?: string, options?: RequestOptions): Promise<Application> {
    return this.#sender.json(
      {
        operation: 'RotateAppSecret',
        method: 'POST',
        path: '/hatchery/v1/apps/{appId}/secret',
        params: { appId },
        creates: true,
        dates: datesOfApplication,
      },
      options,
    )
  }

  /**
   * Follow what changes.
   *
   * Server-sent events, one for each change of a record that the token may read, in the order of
   * their commits. The id of an event is its number: sent back as `Last-Event-ID` the stream goes
   * on after it. An event `reset` says that what followed is no longer kept: read the records anew.
   * A game server may follow its own process and rooms.
   *
   * @param appId Only what belongs to this application.
   * @param processId Only this process and the rooms on it.
   * @param kind Only records of these kinds.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getEvents(
    appId?: string,
    processId?: string,
    kind?: Array<EventKind>,
    options?: RequestOptions,
  ): Promise<ReadableStream<Uint8Array>> {
    return this.#sender.stream(
      {
        operation: 'GetEvents',
        method: 'GET',
        path: '/hatchery/v1/events',
        query: { appId, processId, kind },
      },
      options,
    )
  }

  /**
   * See who a token speaks for.
   *
   * Answers the organization of the token that is sent, its name and its scopes.
   *
   * @throws {ApiError} with status 401, 408, 429.
   */
  async whoAmI(options?: RequestOptions): Promise<WhoAmIView> {
    return this.#sender.json(
      { operation: 'WhoAmI', method: 'GET', path: '/hatchery/v1/whoami' },
      options,
    )
  }

  /**
   * List regions.
   *
   * Answers the regions of this installation and the machines behind them.
   *
   * @throws {ApiError} with status 401, 408, 429.
   */
  async getRegions(options?: RequestOptions): Promise<Array<RegionView>> {
    return this.#sender.json(
      { operation: 'GetRegions', method: 'GET', path: '/hatchery/v1/regions' },
      options,
    )
  }

  /**
   * List machines.
   *
   * Answers the machines that run processes, and how much of each is requested.
   *
   * @throws {ApiError} with status 401, 408, 429.
   */
  async getNodes(options?: RequestOptions): Promise<Array<NodeView>> {
    return this.#sender.json(
      { operation: 'GetNodes', method: 'GET', path: '/hatchery/v1/nodes' },
      options,
    )
  }

  /**
   * Drain a machine.
   *
   * It takes no new processes from now on, and every process on it is drained: for maintenance.
   * Only an operator may.
   *
   * @param nodeId The name of a machine; GetNodes lists them.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async drainNode(nodeId: string, options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'DrainNode',
        method: 'POST',
        path: '/hatchery/v1/nodes/{nodeId}/drain',
        params: { nodeId },
      },
      options,
    )
  }

  /**
   * Take a machine back.
   *
   * A drained machine takes new processes again. Only an operator may.
   *
   * @param nodeId The name of a machine; GetNodes lists them.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async resumeNode(nodeId: string, options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'ResumeNode',
        method: 'POST',
        path: '/hatchery/v1/nodes/{nodeId}/resume',
        params: { nodeId },
      },
      options,
    )
  }

  /**
   * Stop all games.
   *
   * Every process of every application is asked to end, and none is started any more until the
   * server is started again: for taking an installation down with its games. Only an operator may.
   *
   * @throws {ApiError} with status 401, 408, 429, 500.
   */
  async stopGames(options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      { operation: 'StopGames', method: 'POST', path: '/hatchery/v1/stop-games' },
      options,
    )
  }

  /**
   * Back up the installation.
   *
   * Answers a tar archive of the records, metrics, builds and secrets of this installation, as they
   * were at one moment, while everything goes on. Only an operator may.
   *
   * @throws {ApiError} with status 401, 408, 429, 500.
   */
  async createBackup(options?: RequestOptions): Promise<ReadableStream<Uint8Array>> {
    return this.#sender.stream(
      { operation: 'CreateBackup', method: 'GET', path: '/hatchery/v1/backup' },
      options,
    )
  }

  /**
   * Make a link for a person.
   *
   * Makes a personal token for somebody who is invited or a member, to hand over where no mail is
   * set up. Whoever has it is this person in the organization, so only an admin may. The person’s
   * other links stay good.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async createPersonalLink(
    orgId: string,
    newPersonalLink: NewPersonalLink,
    options?: RequestOptions,
  ): Promise<PersonalLink> {
    return this.#sender.json(
      {
        operation: 'CreatePersonalLink',
        method: 'POST',
        path: '/hatchery/v1/orgs/{orgId}/links',
        params: { orgId },
        body: newPersonalLink,
        creates: true,
        dates: datesOfPersonalLink,
      },
      options,
    )
  }

  /**
   * Change what a member may do.
   *
   * Holds from the next request with a token of the member on. 422 when nobody would be left who
   * may do everything.
   *
   * @param orgId The id of an organization.
   * @param userEmail The e-mail address that a person is known by; upper and lower case are the
   * same.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async changeMember(
    orgId: string,
    userEmail: string,
    memberChange: MemberChange,
    options?: RequestOptions,
  ): Promise<OrgMember> {
    return this.#sender.json(
      {
        operation: 'ChangeMember',
        method: 'PUT',
        path: '/hatchery/v1/orgs/{orgId}/members/{userEmail}',
        params: { orgId, userEmail },
        body: memberChange,
        dates: datesOfOrgMember,
      },
      options,
    )
  }

  /**
   * Remove a member.
   *
   * The personal tokens of the member for this organization are refused from the next request on.
   * 422 when nobody would be left who may do everything.
   *
   * @param orgId The id of an organization.
   * @param userEmail The e-mail address that a person is known by; upper and lower case are the
   * same.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async removeMember(orgId: string, userEmail: string, options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'RemoveMember',
        method: 'DELETE',
        path: '/hatchery/v1/orgs/{orgId}/members/{userEmail}',
        params: { orgId, userEmail },
      },
      options,
    )
  }

  /**
   * Make an organization.
   *
   * Makes an organization and its first admin token. Only an operator may.
   *
   * @throws {ApiError} with status 401, 408, 422, 429.
   */
  async createOrg(newOrg: NewOrg, options?: RequestOptions): Promise<CreatedOrg> {
    return this.#sender.json(
      {
        operation: 'CreateOrg',
        method: 'POST',
        path: '/hatchery/v1/orgs',
        body: newOrg,
        creates: true,
        dates: datesOfCreatedOrg,
      },
      options,
    )
  }

  /**
   * List all organizations.
   *
   * Answers every organization of the installation. Only an operator may.
   *
   * @throws {ApiError} with status 401, 408, 429.
   */
  async getAllOrgs(options?: RequestOptions): Promise<OrgViewsPage> {
    return this.#sender.json(
      {
        operation: 'GetAllOrgs',
        method: 'GET',
        path: '/hatchery/v1/orgs',
        dates: datesOfOrgViewsPage,
      },
      options,
    )
  }

  /**
   * Change an organization.
   *
   * Changes the name and the limits of any organization. Only an operator may.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async changeOrg(orgId: string, orgChange: OrgChange, options?: RequestOptions): Promise<OrgView> {
    return this.#sender.json(
      {
        operation: 'ChangeOrg',
        method: 'PATCH',
        path: '/hatchery/v1/orgs/{orgId}',
        params: { orgId },
        body: orgChange,
        dates: datesOfOrgView,
      },
      options,
    )
  }

  /**
   * See what was used in a month.
   *
   * Answers what each application of the organization used, and what it would cost by the prices of
   * the month. What runs is counted up to now.
   *
   * @param month A month in UTC; the present one when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getUsage(month?: string, options?: RequestOptions): Promise<UsageView> {
    return this.#sender.json(
      { operation: 'GetUsage', method: 'GET', path: '/hatchery/v1/usage', query: { month } },
      options,
    )
  }
}
