/** TokensV1: make, list and revoke the tokens of an organization. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { orgId } from '../schemas/fields.ts'
import { CreateOrgToken, CreatedOrgToken, ListOrgTokens, orgTokenId } from '../schemas/token.ts'

const tag = 'TokensV1'

export const tokensV1 = {
  GetOrgTokens: operation({
    id: 'GetOrgTokens',
    tag,
    method: 'get',
    path: '/tokens/v1/orgs/{orgId}',
    summary: 'List tokens',
    description: 'Answers all tokens of the organization, the newest first, without their secrets.',
    access: ['tokens:read'],
    params: { orgId },
    query: {},
    answer: { status: 200, json: ListOrgTokens, description: 'The tokens.' },
    errors: [401, 404, 408, 429],
  }),
  CreateOrgToken: operation({
    id: 'CreateOrgToken',
    tag,
    method: 'post',
    path: '/tokens/v1/orgs/{orgId}/create',
    summary: 'Create a token',
    description:
      'Makes a token and answers its secret, this one time. 422 when the name is taken; 401 when it would get a scope that ' +
      'the calling token lacks.',
    access: ['tokens:read-write'],
    params: { orgId },
    query: {},
    body: { json: CreateOrgToken },
    answer: { status: 201, json: CreatedOrgToken, description: 'The token and its secret.' },
    errors: [401, 404, 408, 422, 429],
  }),
  RevokeOrgToken: operation({
    id: 'RevokeOrgToken',
    tag,
    method: 'post',
    path: '/tokens/v1/orgs/{orgId}/tokens/{orgTokenId}/revoke',
    summary: 'Revoke a token',
    description:
      'The token is refused from the next request on. Asking again changes nothing. 404, with the code ' +
      '`invalid`, when nobody would be left who may do everything.',
    access: ['tokens:read-write'],
    params: { orgId, orgTokenId },
    query: {},
    answer: { status: 200, json: Type.Boolean(), description: 'Always true.' },
    errors: [401, 404, 408, 429],
  }),
} as const
