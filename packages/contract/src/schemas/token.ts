/** TokensV1: the tokens that act for an organization. */
import Type, { type Static } from 'typebox'
import { choice, createdBy, dateTime, orgId } from './fields.ts'
import { Scope } from './scope.ts'

export const orgTokenId = Type.String({
  description: 'The id of a token, which is not its secret.',
  examples: ['org-token-af469a92-5b45-4565-b3c4-b79878de67d2'],
})

const adminNamed = (title: string) => choice(title, ['admin'], 'May do everything.')

const name = {
  description:
    'What the token is for; unique among the tokens of the organization that are not revoked.',
  examples: ['ci-token'],
}

export const OrgTokenStatus = choice(
  'OrgTokenStatus',
  ['active', 'revoked'],
  'A `revoked` token is refused.',
)
export type OrgTokenStatus = Static<typeof OrgTokenStatus>

export const OrgToken = Type.Object(
  {
    orgTokenId,
    orgId,
    name: Type.String(name),
    status: OrgTokenStatus,
    lastFourCharsOfKey: Type.String({
      description: 'The end of the secret, to tell tokens apart.',
    }),
    createdBy,
    createdAt: dateTime('When it was made.'),
    scopes: Type.Optional(
      Type.Union([Type.Array(Scope), adminNamed('Two')], {
        description: 'What it may do; `admin` may do everything.',
      }),
    ),
  },
  { title: 'OrgToken', description: 'A token, without its secret.' },
)
export type OrgToken = Static<typeof OrgToken>

export const ListOrgTokens = Type.Object(
  { tokens: Type.Array(OrgToken, { description: 'Revoked ones too.' }) },
  { title: 'ListOrgTokens' },
)
export type ListOrgTokens = Static<typeof ListOrgTokens>

export const CreateOrgToken = Type.Object(
  {
    name: Type.String({ ...name, minLength: 1, maxLength: 100 }),
    scopes: Type.Optional(
      Type.Union([Type.Array(Scope, { minItems: 1, maxItems: 100 }), adminNamed('Scopes2')], {
        description: 'What it may do; everything when left out. Nobody can grant what they lack.',
      }),
    ),
  },
  { title: 'CreateOrgToken', description: 'A new token.' },
)
export type CreateOrgToken = Static<typeof CreateOrgToken>

export const CreatedOrgToken = Type.Object(
  {
    orgToken: OrgToken,
    plainTextToken: Type.String({ description: 'The secret. It is shown this one time.' }),
  },
  { title: 'CreatedOrgToken', description: 'A token with its secret.' },
)
export type CreatedOrgToken = Static<typeof CreatedOrgToken>
