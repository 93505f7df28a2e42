/** OrganizationsV1: organizations, the people in them and those who are invited. ManagementV1: mail to them. */
import Type, { type Static } from 'typebox'
import { choice, dateTime, fleetId, orgId } from './fields.ts'
import { Scope } from './scope.ts'

export const userEmail = Type.String({
  description: 'The e-mail address that a person is known by; upper and lower case are the same.',
  examples: ['ada@games.example'],
})

/** Who did the inviting, as records say it. */
const invitedBy = Type.String({
  description: 'Who made the invite: the e-mail address of a person or the id of a token.',
  examples: ['grace@games.example'],
})

export const userRoles = ['admin', 'member', 'viewer'] as const

export const UserRole = choice(
  'UserRole',
  userRoles,
  '`admin` may do everything, `member` all but tokens, people and billing, `viewer` may read what a member may.',
)
export type UserRole = Static<typeof UserRole>

const grantDescription = 'What the person may do: a role, or a list of scopes.'

const granted = Type.Union([UserRole, Type.Array(Scope)], { description: grantDescription })

const hours = (description: string) => Type.Integer({ description })

export const Organization = Type.Object(
  {
    orgId,
    name: Type.Optional(Type.String({ description: 'What people call it.' })),
    stripeCustomerId: Type.String({ description: 'Empty: nothing is billed.' }),
    defaultFleetId: Type.Optional(
      Type.Union([fleetId, Type.Null()], { description: 'Where processes go that name no fleet.' }),
    ),
    isSingleTenant: Type.Boolean({ description: 'Whether the machines are its own.' }),
    scopes: Type.Array(Scope, { description: 'What the caller may do in it.' }),
    maxRequestedMemoryMB: Type.Number({ description: 'The most memory of a deployment.' }),
    concurrentProcessVcpusLimit: Type.Optional(
      Type.Number({ description: 'CPU that its processes may request at once; absent: no limit.' }),
    ),
    monthlyProcessVcpuHoursLimit: Type.Optional(
      Type.Number({ description: 'CPU hours of a calendar month (UTC); absent: no limit.' }),
    ),
    enabledFeatureFlags: Type.Optional(
      Type.Array(Type.String(), { description: 'Not used here.' }),
    ),
    podMaxLifespanHrs: Type.Optional(
      Type.Number({ description: 'Hours after which a process is stopped; absent: none.' }),
    ),
    logRetentionPeriodHours: Type.Optional(
      hours('How long logs of ended processes are kept, in hours.'),
    ),
    maxProcessConnections: Type.Optional(
      Type.Number({ description: 'Connections of a process; absent: no limit.' }),
    ),
    maxCloudBaseline: Type.Optional(
      Type.Integer({ description: 'Machines in a cloud that may be kept; absent: no limit.' }),
    ),
  },
  { title: 'Organization', description: 'An organization, as the caller sees it.' },
)
export type Organization = Static<typeof Organization>

export const OrgsPage = Type.Object(
  { orgs: Type.Array(Organization, { description: 'That of the token.' }) },
  { title: 'OrgsPage' },
)
export type OrgsPage = Static<typeof OrgsPage>

export const PendingOrgInvite = Type.Object(
  {
    orgId,
    userEmail,
    scopes: granted,
    invitedBy,
    createdAt: dateTime('When the invite was made.'),
  },
  { title: 'PendingOrgInvite', description: 'An invite that is neither accepted nor rejected.' },
)
export type PendingOrgInvite = Static<typeof PendingOrgInvite>

export const PendingOrgInvitesPage = Type.Object(
  { invites: Type.Array(PendingOrgInvite, { description: 'The newest first.' }) },
  { title: 'PendingOrgInvitesPage' },
)
export type PendingOrgInvitesPage = Static<typeof PendingOrgInvitesPage>

export const OrgMember = Type.Object(
  {
    orgId,
    userEmail,
    scopes: granted,
    invitedBy,
    createdAt: dateTime('When the person was invited.'),
    joinedAt: dateTime('When the invite was accepted.'),
    lastLogin: Type.Optional(dateTime('When a token of the person was last used, to the hour.')),
  },
  { title: 'OrgMember', description: 'A person who accepted an invite.' },
)
export type OrgMember = Static<typeof OrgMember>

export const OrgMembersPage = Type.Object(
  { members: Type.Array(OrgMember, { description: 'In the order in which they joined.' }) },
  { title: 'OrgMembersPage' },
)
export type OrgMembersPage = Static<typeof OrgMembersPage>

/** As callers write it: bounded. */
export const givenGrant = (description: string) =>
  Type.Union([UserRole, Type.Array(Scope, { minItems: 1, maxItems: 100 })], { description })

export const CreateUserInvite = Type.Object(
  {
    userEmail,
    scopes: Type.Optional(
      givenGrant(
        'A role or a list of scopes; admin when left out. Nobody can grant what they lack.',
      ),
    ),
  },
  { title: 'CreateUserInvite', description: 'A new invite.' },
)
export type CreateUserInvite = Static<typeof CreateUserInvite>

export const UpdateUserInvite = Type.Object(
  { userEmail, scopes: givenGrant('What the invite grants from now on.') },
  { title: 'UpdateUserInvite', description: 'A change of a pending invite.' },
)
export type UpdateUserInvite = Static<typeof UpdateUserInvite>

export const RescindUserInvite = Type.Object(
  { userEmail },
  { title: 'RescindUserInvite', description: 'Whose invite is taken back.' },
)
export type RescindUserInvite = Static<typeof RescindUserInvite>

export const VerificationEmailRequest = Type.Object(
  { userId: Type.String({ description: 'The e-mail address of a person.' }) },
  { title: 'VerificationEmailRequest', description: 'Who wants mail.' },
)
export type VerificationEmailRequest = Static<typeof VerificationEmailRequest>

export const VerificationEmailSuccess = choice(
  'VerificationEmailSuccess',
  ['success'],
  'The same for everybody, known here or not.',
)
