/** `hatchery invite …`. */
import type { PendingOrgInvite } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure, usageFailure } from '../failure.ts'
import { type GrantFlags, grantOf } from '../grant.ts'
import { pick } from '../ids.ts'
import type { Column } from '../output/columns.ts'
import { scopesText } from './token.ts'

const columns: readonly Column<PendingOrgInvite>[] = [
  { name: 'invited', of: ({ userEmail }) => userEmail },
  { name: 'role', of: ({ scopes }) => scopesText(scopes) },
  { name: 'since', of: ({ createdAt }) => ({ age: createdAt }) },
  { name: 'by', of: ({ invitedBy }) => invitedBy },
  { name: 'organization', of: ({ orgId }) => ({ id: orgId }) },
]

export async function listInvites(
  context: Context,
  { flags: { mine } }: Input<{ mine: boolean }>,
): Promise<void> {
  const { organizationsV1, hatchery } = await context.client()
  const { invites } = mine
    ? await organizationsV1.getUserPendingInvites()
    : await organizationsV1.getOrgPendingInvites((await hatchery.whoAmI()).orgId)
  context.out.list(invites, {
    columns,
    id: ({ userEmail, orgId }) => (mine ? orgId : userEmail),
    empty: mine
      ? 'nobody invites you'
      : 'nobody is invited; do so: hatchery invite create ada@games.example',
  })
}

export async function createInvite(
  context: Context,
  { words: [userEmail = ''], flags }: Input<GrantFlags>,
): Promise<void> {
  const client = await context.client()
  const { orgId } = await client.hatchery.whoAmI()
  const scopes = grantOf(flags) ?? 'member'
  const invite = await client.organizationsV1.inviteUser(orgId, { userEmail, scopes })
  context.out.did(`invited ${invite.userEmail} as ${scopesText(invite.scopes)}`, {
    ...{ ids: [invite.userEmail], json: invite },
  })
  context.out.say(`a link to hand over, where no mail is set up: hatchery invite link ${userEmail}`)
}

/** The link is data: it is shown this one time, on stdout. */
export async function createLink(
  context: Context,
  { words: [userEmail = ''] }: Input,
): Promise<void> {
  const client = await context.client()
  const { orgId } = await client.hatchery.whoAmI()
  const link = await client.hatchery.createPersonalLink(orgId, { userEmail })
  context.out.value(link, {
    id: link.url,
    rows: [
      ['link', link.url],
      ['void', link.expiresAt.toISOString()],
    ],
  })
  context.out.say('whoever has the link is this person: hand it over where nobody reads along')
}

export async function rescindInvite(
  context: Context,
  { words: [userEmail = ''] }: Input,
): Promise<void> {
  const client = await context.client()
  const { orgId } = await client.hatchery.whoAmI()
  await client.organizationsV1.rescindInvite(orgId, { userEmail })
  context.out.did(`${userEmail} is not invited any more`, {
    ...{ ids: [userEmail], json: { userEmail } },
  })
}

type OrgFlags = { readonly org: string | undefined }

export async function acceptInvite(context: Context, { flags }: Input<OrgFlags>): Promise<void> {
  const { orgId, scopes } = await chosenInvite(context, flags.org)
  await (await context.client()).organizationsV1.acceptInvite(orgId)
  context.out.did(`you are in ${orgId} now, as ${scopesText(scopes)}`, {
    ...{ ids: [orgId], json: { orgId } },
  })
}

export async function rejectInvite(context: Context, { flags }: Input<OrgFlags>): Promise<void> {
  const { orgId } = await chosenInvite(context, flags.org)
  const client = await context.client()
  await client.organizationsV1.rejectInvite(orgId)
  context.out.did(`you did not join ${orgId}`, { ids: [orgId], json: { orgId } })
}

async function chosenInvite(context: Context, word: string | undefined): Promise<PendingOrgInvite> {
  const { invites } = await (await context.client()).organizationsV1.getUserPendingInvites()
  const candidates = invites.map((invite) => ({ id: invite.orgId, invite }))
  const list = 'hatchery invite list --mine'
  if (word !== undefined) return pick(word, candidates, { noun: 'invite to', list }).invite
  const [first, ...others] = invites
  if (first === undefined)
    throw new Failure('nobody invites you, or you are not logged in with a link of your own', {
      ...{ attempt: 'hatchery whoami', exitCode: 3, code: 'not-found' },
    })
  if (others.length === 0) return first
  throw usageFailure(`${invites.length} organizations invite you: name one with --org`, list)
}
