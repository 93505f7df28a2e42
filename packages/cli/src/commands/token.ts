/** `hatchery token …`. */
import type { CreateOrgToken, OrgToken } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { pick } from '../ids.ts'
import type { Column } from '../output/columns.ts'

const columns: readonly Column<OrgToken>[] = [
  { name: 'token', of: ({ orgTokenId }) => ({ id: orgTokenId }) },
  { name: 'name', of: ({ name }) => name },
  { name: 'status', of: ({ status }) => status },
  { name: 'ends', of: ({ lastFourCharsOfKey }) => `…${lastFourCharsOfKey}` },
  { name: 'created', of: ({ createdAt }) => ({ age: createdAt }) },
  { name: 'by', of: ({ createdBy }) => createdBy },
  { name: 'scopes', of: ({ scopes }) => scopesText(scopes) },
]

export async function listTokens(
  context: Context,
  { flags }: Input<{ all: boolean }>,
): Promise<void> {
  const tokens = (await tokensOf(context)).filter(({ status }) => flags.all || status === 'active')
  context.out.list(tokens, {
    columns,
    id: ({ orgTokenId }) => orgTokenId,
    empty: 'no token; make one: hatchery token create ci',
  })
}

/** The secret is data: it is shown this one time, on stdout. */
export async function createToken(
  context: Context,
  { words: [name = ''], flags }: Input<{ scopes: readonly string[] }>,
): Promise<void> {
  const client = await context.client()
  const { orgId } = await client.hatchery.whoAmI()
  const scopes: CreateOrgToken['scopes'] =
    flags.scopes.length === 0
      ? undefined
      : flags.scopes[0] === 'admin'
        ? 'admin'
        : [...flags.scopes]
  const created = await client.tokensV1.createOrgToken(orgId, { name, scopes })
  context.out.value(created, {
    id: created.plainTextToken,
    rows: [
      ['token', created.plainTextToken],
      ['id', created.orgToken.orgTokenId],
      ['name', created.orgToken.name],
      ['scopes', scopesText(created.orgToken.scopes)],
    ],
  })
  context.out.say('the token is shown this one time')
}

export async function revokeToken(context: Context, { words }: Input): Promise<void> {
  const client = await context.client()
  const candidates = (await tokensOf(context)).map(({ orgTokenId, name, orgId }) => ({
    ...{ id: orgTokenId, names: [name], label: name, orgId },
  }))
  const naming = { noun: 'token', list: 'hatchery token list' }
  const { id, label, orgId } = pick(words[0] ?? '', candidates, naming)
  if (!(await context.ask.confirm(`revoke the token ${label}? whatever uses it is refused.`)))
    throw new Failure('nothing was revoked', { exitCode: 130 })
  await client.tokensV1.revokeOrgToken(orgId, id)
  context.out.did(`revoked ${label}`, { ids: [id], json: { orgTokenId: id } })
}

/** Those that are not revoked first, so that a name means them. */
async function tokensOf(context: Context): Promise<OrgToken[]> {
  const client = await context.client()
  const { orgId } = await client.hatchery.whoAmI()
  const { tokens } = await client.tokensV1.getOrgTokens(orgId)
  const active = tokens.filter(({ status }) => status === 'active')
  return [...active, ...tokens.filter(({ status }) => status !== 'active')]
}

export const scopesText = (scopes: readonly string[] | string | undefined): string =>
  scopes === undefined ? 'admin' : typeof scopes === 'string' ? scopes : scopes.join(' ')
