// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import {
  datesOfOrgMembersPage,
  datesOfPendingOrgInvite,
  datesOfPendingOrgInvitesPage,
} from './date-fields.ts'
import type {
  CreateUserInvite,
  OrgMembersPage,
  OrgsPage,
  PendingOrgInvite,
  PendingOrgInvitesPage,
  RescindUserInvite,
  UpdateUserInvite,
  UsageLimits,
} from './types.ts'

/** The organization, its members, who is invited, and what it may use. */
export class OrganizationsV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Get the organization.
   *
   * Answers the organization of the token, its limits, and what the token may do in it.
   *
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getOrgs(options?: RequestOptions): Promise<OrgsPage> {
    return this.#sender.json({ operation: 'GetOrgs', method: 'GET', path: '/orgs/v1' }, options)
  }

  /**
   * List the invites of the caller.
   *
   * Answers the invites of the person whose token it is: to every organization when the token came
   * by mail, else to that of the token. None for a token that is no person’s.
   *
   * @throws {ApiError} with status 401, 408, 429.
   */
  async getUserPendingInvites(options?: RequestOptions): Promise<PendingOrgInvitesPage> {
    return this.#sender.json(
      {
        operation: 'GetUserPendingInvites',
        method: 'GET',
        path: '/orgs/v1/user/invites/pending',
        dates: datesOfPendingOrgInvitesPage,
      },
      options,
    )
  }

  /**
   * Invite a person.
   *
   * The invite goes out by mail where mail is set up; else CreatePersonalLink makes a link to hand
   * over. 422 when the person is a member or invited already; 401 when it would grant what the
   * calling token lacks.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 408, 422, 429.
   */
  async inviteUser(
    orgId: string,
    createUserInvite: CreateUserInvite,
    options?: RequestOptions,
  ): Promise<PendingOrgInvite> {
    return this.#sender.json(
      {
        operation: 'InviteUser',
        method: 'PUT',
        path: '/orgs/v1/{orgId}/invites',
        params: { orgId },
        body: createUserInvite,
        dates: datesOfPendingOrgInvite,
      },
      options,
    )
  }

  /**
   * Change what an invite grants.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 408, 422, 429.
   */
  async updateUserInvite(
    orgId: string,
    updateUserInvite: UpdateUserInvite,
    options?: RequestOptions,
  ): Promise<boolean> {
    return this.#sender.json(
      {
        operation: 'UpdateUserInvite',
        method: 'POST',
        path: '/orgs/v1/{orgId}/invites',
        params: { orgId },
        body: updateUserInvite,
      },
      options,
    )
  }

  /**
   * Take an invite back.
   *
   * Its links are void from then on, and the person can be invited again.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async rescindInvite(
    orgId: string,
    rescindUserInvite: RescindUserInvite,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'RescindInvite',
        method: 'POST',
        path: '/orgs/v1/{orgId}/invites/rescind',
        params: { orgId },
        body: rescindUserInvite,
      },
      options,
    )
  }

  /**
   * Accept an invite.
   *
   * Only with the token of the person who is invited. From then on the person is a member.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async acceptInvite(orgId: string, options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'AcceptInvite',
        method: 'POST',
        path: '/orgs/v1/{orgId}/invites/accept',
        params: { orgId },
      },
      options,
    )
  }

  /**
   * Reject an invite.
   *
   * Only with the token of the person who is invited, which is void from then on.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async rejectInvite(orgId: string, options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'RejectInvite',
        method: 'POST',
        path: '/orgs/v1/{orgId}/invites/reject',
        params: { orgId },
      },
      options,
    )
  }

  /**
   * List the invites of an organization.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 408, 429.
   */
  async getOrgPendingInvites(
    orgId: string,
    options?: RequestOptions,
  ): Promise<PendingOrgInvitesPage> {
    return this.#sender.json(
      {
        operation: 'GetOrgPendingInvites',
        method: 'GET',
        path: '/orgs/v1/{orgId}/invites/pending',
        params: { orgId },
        dates: datesOfPendingOrgInvitesPage,
      },
      options,
    )
  }

  /**
   * List the members of an organization.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 408, 429.
   */
  async getOrgMembers(orgId: string, options?: RequestOptions): Promise<OrgMembersPage> {
    return this.#sender.json(
      {
        operation: 'GetOrgMembers',
        method: 'GET',
        path: '/orgs/v1/{orgId}/members',
        params: { orgId },
        dates: datesOfOrgMembersPage,
      },
      options,
    )
  }

  /**
   * See usage and its limits.
   *
   * Answers how much CPU the processes of the organization used and use at most, and how much they
   * may. What is beyond a limit is refused with 402; what runs is never ended by one.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async getUsageLimits(orgId?: string, options?: RequestOptions): Promise<UsageLimits> {
    return this.#sender.json(
      {
        operation: 'GetUsageLimits',
        method: 'GET',
        path: '/orgs/v1/metadata/usageLimits',
        query: { orgId },
      },
      options,
    )
  }
}
