/** `hatchery member …`. */
import type { OrgMember } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure, usageFailure } from '../failure.ts'
import { type GrantFlags, grantOf } from '../grant.ts'
import type { Column } from '../output/columns.ts'
import { scopesText } from './token.ts'

const columns: readonly Column<OrgMember>[] = [
  { name: 'member', of: ({ userEmail }) => userEmail },
  { name: 'role', of: ({ scopes }) => scopesText(scopes) },
  { name: 'joined', of: ({ joinedAt }) => ({ age: joinedAt }) },
  { name: 'seen', of: ({ lastLogin }) => (lastLogin === undefined ? null : { age: lastLogin }) },
  { name: 'by', of: ({ invitedBy }) => invitedBy },
]

export async function listMembers(context: Context): Promise<void> {
  const client = await context.client()
  const { orgId } = await client.hatchery.whoAmI()
  const { members } = await client.organizationsV1.getOrgMembers(orgId)
  context.out.list(members, {
    columns,
    id: ({ userEmail }) => userEmail,
    empty: 'nobody is in it yet; invite somebody: hatchery invite create ada@games.example',
  })
}

export async function setMember(
  context: Context,
  { words: [userEmail = ''], flags }: Input<GrantFlags>,
): Promise<void> {
  const scopes = grantOf(flags)
  if (scopes === undefined) throw usageFailure('--role is missing: admin, member or viewer')
  const client = await context.client()
  const { orgId } = await client.hatchery.whoAmI()
  const member = await client.hatchery.changeMember(orgId, userEmail, { scopes })
  context.out.did(`${member.userEmail} is ${scopesText(member.scopes)} now`, {
    ...{ ids: [member.userEmail], json: member },
  })
}

export async function removeMember(
  context: Context,
  { words: [userEmail = ''] }: Input,
): Promise<void> {
  const question = `remove ${userEmail}? every personal token for the organization is refused then.`
  if (!(await context.ask.confirm(question)))
    throw new Failure('nobody was removed', { exitCode: 130 })
  const client = await context.client()
  const { orgId } = await client.hatchery.whoAmI()
  await client.hatchery.removeMember(orgId, userEmail)
  context.out.did(`removed ${userEmail}`, { ids: [userEmail], json: { userEmail } })
}
