/** What Hatchery adds to organizations and their people: links to join with, and what operators do. */
import Type, { type Static } from 'typebox'
import { dateTime, orgId } from './fields.ts'
import { givenGrant, userEmail } from './organization.ts'
import { OrgToken } from './token.ts'

export const NewPersonalLink = Type.Object(
  { userEmail },
  {
    title: 'NewPersonalLink',
    description: 'Whose link it shall be: somebody invited, or a member.',
  },
)
export type NewPersonalLink = Static<typeof NewPersonalLink>

export const PersonalLink = Type.Object(
  {
    url: Type.String({
      description:
        'The page to join with, which has the token behind #. Whoever has it is this person.',
    }),
    token: Type.String({ description: 'The personal token. It is shown this one time.' }),
    expiresAt: dateTime('When both are void, unless the token was used before.'),
  },
  { title: 'PersonalLink', description: 'A new personal token, and the page that shows it.' },
)
export type PersonalLink = Static<typeof PersonalLink>

export const MemberChange = Type.Object(
  { scopes: givenGrant('What the member may do from now on. Nobody can grant what they lack.') },
  { title: 'MemberChange', description: 'A change of a member.' },
)
export type MemberChange = Static<typeof MemberChange>

const name = {
  description: 'What people call it.',
  minLength: 1,
  maxLength: 100,
  examples: ['Studio Two'],
}

const limit = (description: string) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], description, minimum: 0 })

const concurrentProcessVcpusLimit = limit(
  'CPU that its unfinished processes may request in all; null: no limit.',
)
const monthlyProcessVcpuHoursLimit = limit(
  'CPU hours that its processes may request in a calendar month (UTC); null: no limit.',
)

export const OrgView = Type.Object(
  {
    orgId,
    name: Type.String({ description: name.description }),
    concurrentProcessVcpusLimit,
    monthlyProcessVcpuHoursLimit,
    createdAt: dateTime('When it was made.'),
  },
  { title: 'OrgView', description: 'An organization, as operators see it.' },
)
export type OrgView = Static<typeof OrgView>

export const OrgViewsPage = Type.Object(
  { orgs: Type.Array(OrgView, { description: 'The oldest first.' }) },
  { title: 'OrgViewsPage' },
)
export type OrgViewsPage = Static<typeof OrgViewsPage>

export const NewOrg = Type.Object(
  { name: Type.String(name) },
  { title: 'NewOrg', description: 'A new organization.' },
)
export type NewOrg = Static<typeof NewOrg>

export const CreatedOrg = Type.Object(
  {
    org: OrgView,
    orgToken: OrgToken,
    plainTextToken: Type.String({
      description: 'The secret of its first admin token. It is shown this one time.',
    }),
  },
  { title: 'CreatedOrg', description: 'An organization with its first token.' },
)
export type CreatedOrg = Static<typeof CreatedOrg>

export const OrgChange = Type.Object(
  {
    name: Type.Optional(Type.String(name)),
    concurrentProcessVcpusLimit: Type.Optional(concurrentProcessVcpusLimit),
    monthlyProcessVcpuHoursLimit: Type.Optional(monthlyProcessVcpuHoursLimit),
  },
  { title: 'OrgChange', description: 'A change of an organization; what is left out stays.' },
)
export type OrgChange = Static<typeof OrgChange>
