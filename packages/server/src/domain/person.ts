/** People: known by their e-mail address, invited to an organization, then its members. */
import { type Scope, type UserRole, scopes } from '@hatchery/contract'
import type { Instant } from './clock.ts'
import type { TokenScopes } from './organization.ts'

/** What a person may do: a role, or scopes one by one. */
export type Grant = UserRole | readonly Scope[]

export interface Invite {
  readonly orgId: string
  /** In lower case. */
  readonly userEmail: string
  readonly scopes: Grant
  /** The e-mail address of a person, or the id of a token. */
  readonly invitedBy: string
  readonly createdAt: Instant
}

/** `createdAt` is when the person was invited. */
export interface Member extends Invite {
  readonly joinedAt: Instant
  /** When a token of the person was last used, to the hour; null: never since then. */
  readonly lastLogin: Instant | null
}

/** What somebody is to an organization. */
export type Standing =
  | { readonly kind: 'invited'; readonly person: Invite }
  | { readonly kind: 'joined'; readonly person: Member }

/** All that a role grants, or a list; whoever has not accepted yet may do nothing. */
export const scopesOf = (grant: Grant): TokenScopes =>
  typeof grant === 'string' ? roles[grant] : grant

export const scopesNow = ({ kind, person }: Standing): TokenScopes =>
  kind === 'joined' ? scopesOf(person.scopes) : []

const notForMembers: readonly Scope[] = [
  'tokens:read',
  'tokens:read-write',
  'orgs:read-write',
  'billing:read-write',
]

const ofMembers = scopes.filter((scope) => !notForMembers.includes(scope))

/** Each may do what those below it may. */
const roles = {
  admin: 'admin',
  member: ofMembers,
  viewer: ofMembers.filter((scope) => scope.endsWith(':read')),
} as const satisfies Record<UserRole, TokenScopes>

const longest = 320
const part = '[^\\s\\p{C}@<>(),;:"\\\\[\\]]+'
const form = new RegExp(`^${part}@${part}$`, 'u')

/** The address as people are known by it, in lower case; undefined where the text is none. */
export function emailAddress(text: string): string | undefined {
  const address = text.trim().toLowerCase()
  return address.length <= longest && form.test(address) ? address : undefined
}
