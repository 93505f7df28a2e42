// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfCreatedOrgToken, datesOfListOrgTokens } from './date-fields.ts'
import type { CreateOrgToken, CreatedOrgToken, ListOrgTokens } from './types.ts'

/** Tokens that act for an organization. */
export class TokensV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List tokens.
   *
   * Answers all tokens of the organization, the newest first, without their secrets.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getOrgTokens(orgId: string, options?: RequestOptions): Promise<ListOrgTokens> {
    return this.#sender.json(
      {
        operation: 'GetOrgTokens',
        method: 'GET',
        path: '/tokens/v1/orgs/{orgId}',
        params: { orgId },
        dates: datesOfListOrgTokens,
      },
      options,
    )
  }

  /**
   * Create a token.
   *
   * Makes a token and answers its secret, this one time. 422 when the name is taken; 401 when it
   * would get a scope that the calling token lacks.
   *
   * @param orgId The id of an organization.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async createOrgToken(
    orgId: string,
    createOrgToken: CreateOrgToken,
    options?: RequestOptions,
  ): Promise<CreatedOrgToken> {
    return this.#sender.json(
      {
        operation: 'CreateOrgToken',
        method: 'POST',
        path: '/tokens/v1/orgs/{orgId}/create',
        params: { orgId },
        body: createOrgToken,
        creates: true,
        dates: datesOfCreatedOrgToken,
      },
      options,
    )
  }

  /**
   * Revoke a token.
   *
   * The token is refused from the next request on. Asking again changes nothing. 404, with the code
   * `invalid`, when nobody would be left who may do everything.
   *
   * @param orgId The id of an organization.
   * @param orgTokenId The id of a token, which is not its secret.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async revokeOrgToken(
    orgId: string,
    orgTokenId: string,
    options?: RequestOptions,
  ): Promise<boolean> {
    return this.#sender.json(
      {
        operation: 'RevokeOrgToken',
        method: 'POST',
        path: '/tokens/v1/orgs/{orgId}/tokens/{orgTokenId}/revoke',
        params: { orgId, orgTokenId },
      },
      options,
    )
  }
}
