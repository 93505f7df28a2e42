/** People of organizations, each with a client of the own. */
import { Hatchery, type CreateUserInvite } from '@hatchery/client'
import type { TestHatchery } from './start-hatchery.ts'

type Server = Pick<TestHatchery, 'url' | 'client'>

export const clientWith = ({ url }: Pick<Server, 'url'>, token: string): Hatchery =>
  new Hatchery({ serverURL: url, hathoraDevToken: token })

export interface Person {
  readonly token: string
  readonly client: Hatchery
}

/** Invites somebody with an admin's client and makes the link by hand. */
export async function invited(
  { url, client }: Server,
  userEmail: string,
  scopes: CreateUserInvite['scopes'],
): Promise<Person> {
  const { orgId } = await client.hatchery.whoAmI()
  await client.organizationsV1.inviteUser(orgId, { userEmail, scopes })
  return await withLink({ url, client }, userEmail)
}

/** Somebody who is there already, with a new link. */
export async function withLink({ url, client }: Server, userEmail: string): Promise<Person> {
  const { orgId } = await client.hatchery.whoAmI()
  const { token } = await client.hatchery.createPersonalLink(orgId, { userEmail })
  return { token, client: clientWith({ url }, token) }
}

/** The same, and the invite is accepted. */
export async function joined(
  server: Server,
  userEmail: string,
  scopes: CreateUserInvite['scopes'],
): Promise<Person> {
  const person = await invited(server, userEmail, scopes)
  const { orgId } = await server.client.hatchery.whoAmI()
  await person.client.organizationsV1.acceptInvite(orgId)
  return person
}

/** Another organization, made by an operator, with the client of its admin token. */
export async function anotherOrganization({ url, client }: Server, name = 'Studio Two') {
  const { org, plainTextToken } = await client.hatchery.createOrg({ name })
  const admin = clientWith({ url }, plainTextToken)
  return { orgId: org.orgId, url, token: plainTextToken, client: admin }
}
