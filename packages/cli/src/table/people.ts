/** `hatchery org …`, `hatchery member …` and `hatchery invite …`. */
import { type AnyCommand, type ArgumentSpec, type FlagSpecs, command } from '../command.ts'

const section = 'things'
const email = {
  ...{ name: 'EMAIL', required: true },
  description: 'the e-mail address of a person',
} as const satisfies ArgumentSpec
const member: ArgumentSpec = { ...email, complete: 'member' }
const invited: ArgumentSpec = { ...email, complete: 'invite' }
const grant = {
  role: {
    ...{ type: 'text', value: 'ROLE', choices: ['admin', 'member', 'viewer'] },
    description: 'admin (everything), member (all but tokens, people, billing), viewer (reads)',
  },
  scopes: {
    ...{ type: 'list', value: 'SCOPES' },
    description: 'in place of a role, as builds:read-write,processes:read',
  },
} as const satisfies FlagSpecs
const limits = {
  cpus: {
    type: 'text',
    value: 'N',
    description: 'CPU that processes may request at once, or none',
  },
  'cpu-hours': {
    ...{ type: 'text', value: 'N' },
    description: 'CPU hours of a calendar month, or none',
  },
} as const satisfies FlagSpecs
const ofInvite = {
  org: {
    type: 'text',
    value: 'ORG',
    description: 'the id of the organization, if there are several',
  },
} as const satisfies FlagSpecs

const organizations: readonly AnyCommand[] = [
  command({
    ...{ path: ['org', 'list'], section, output: 'list' },
    summary: 'all organizations; for operators',
    examples: ['hatchery org list', 'hatchery org list --json'],
    load: async () => (await import('../commands/org.ts')).listOrgs,
  }),
  command({
    ...{ path: ['org', 'create'], section, output: 'value' },
    summary: 'makes an organization; its token is shown this one time; for operators',
    arguments: [{ name: 'NAME', required: true, description: 'what people call it' }],
    examples: ["hatchery org create 'Studio Two'", "hatchery org create 'Studio Two' -q > token"],
    load: async () => (await import('../commands/org.ts')).createOrg,
  }),
  command({
    ...{ path: ['org', 'update'], section, output: 'value' },
    summary: 'changes the name and the limits of an organization; for operators',
    arguments: [{ name: 'ORG', required: true, description: 'its name or id', complete: 'org' }],
    flags: { name: { type: 'text', value: 'NAME', description: 'another name' }, ...limits },
    examples: [
      "hatchery org update 'Studio Two' --cpus 16",
      "hatchery org update 'Studio Two' --cpus none --cpu-hours 5000",
    ],
    load: async () => (await import('../commands/org.ts')).updateOrg,
  }),
]

const members: readonly AnyCommand[] = [
  command({
    ...{ path: ['member', 'list'], section, output: 'list' },
    summary: 'the people in the organization',
    examples: ['hatchery member list', 'hatchery member list --sort joined'],
    load: async () => (await import('../commands/member.ts')).listMembers,
  }),
  command({
    ...{ path: ['member', 'set'], section, output: 'value', arguments: [member], flags: grant },
    summary: 'changes what a member may do, from the next request on',
    examples: [
      'hatchery member set ada@games.example --role viewer',
      'hatchery member set ada@games.example --scopes builds:read-write',
    ],
    load: async () => (await import('../commands/member.ts')).setMember,
  }),
  command({
    ...{ path: ['member', 'remove'], section, output: 'value', arguments: [member] },
    summary: 'takes a person out of the organization, with all personal tokens',
    examples: [
      'hatchery member remove ada@games.example',
      'hatchery member remove ada@games.example --yes',
    ],
    load: async () => (await import('../commands/member.ts')).removeMember,
  }),
]

const invites: readonly AnyCommand[] = [
  command({
    ...{ path: ['invite', 'list'], section, output: 'list' },
    summary: 'the people who are invited and did not answer yet',
    flags: { mine: { type: 'switch', description: 'your own invites instead' } },
    examples: ['hatchery invite list', 'hatchery invite list --mine'],
    load: async () => (await import('../commands/invite.ts')).listInvites,
  }),
  command({
    ...{ path: ['invite', 'create'], section, output: 'value', arguments: [email], flags: grant },
    summary: 'invites a person, as member when no role is said',
    examples: [
      'hatchery invite create ada@games.example --role viewer',
      'hatchery invite create ada@games.example --scopes builds:read-write',
    ],
    load: async () => (await import('../commands/invite.ts')).createInvite,
  }),
  command({
    ...{ path: ['invite', 'link'], section, output: 'value' },
    summary: 'makes a link to hand to a person who is invited or a member',
    arguments: [{ ...email, complete: 'person' }],
    examples: [
      'hatchery invite link ada@games.example',
      'hatchery invite link ada@games.example -q > link',
    ],
    load: async () => (await import('../commands/invite.ts')).createLink,
  }),
  command({
    ...{ path: ['invite', 'rescind'], section, output: 'value', arguments: [invited] },
    summary: 'takes an invite back',
    examples: [
      'hatchery invite rescind ada@games.example',
      'hatchery invite rescind ada@games.example -q',
    ],
    load: async () => (await import('../commands/invite.ts')).rescindInvite,
  }),
  command({
    ...{ path: ['invite', 'accept'], section, output: 'value', flags: ofInvite },
    summary: 'joins the organization that invites you',
    examples: ['hatchery invite accept', 'hatchery invite accept --org org-6f706e83'],
    load: async () => (await import('../commands/invite.ts')).acceptInvite,
  }),
  command({
    ...{ path: ['invite', 'reject'], section, output: 'value', flags: ofInvite },
    summary: 'says no to an organization that invites you',
    examples: ['hatchery invite reject', 'hatchery invite reject --org org-6f706e83'],
    load: async () => (await import('../commands/invite.ts')).rejectInvite,
  }),
]

export const people: readonly AnyCommand[] = [...organizations, ...members, ...invites]
