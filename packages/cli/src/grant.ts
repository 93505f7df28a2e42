/** What a person may do, as it is typed: a role or scopes. */
import type { UpdateUserInvite } from '@hatchery/client'
import { usageFailure } from './failure.ts'

export type Grant = UpdateUserInvite['scopes']

export interface GrantFlags {
  readonly role: string | undefined
  readonly scopes: readonly string[]
}

/** Undefined when neither is given. Throws a Failure when both are. */
export function grantOf({ role, scopes }: GrantFlags): Grant | undefined {
  if (role !== undefined && scopes.length > 0)
    throw usageFailure('--role and --scopes exclude each other: give one of them')
  // The server refuses scopes that it does not know, in words.
  if (scopes.length > 0) return [...scopes] as Grant
  return role // one of its choices
}
