/** What a token may do. */
import type { Scope } from './schemas/scope.ts'

/** Whether a token grants every scope that is needed. `x:read-write` includes `x:read`; admin includes all. */
export const grants = (
  tokenScopes: 'admin' | readonly Scope[],
  needed: readonly Scope[],
): boolean => missingScope(tokenScopes, needed) === undefined

/** The first needed scope that the token lacks, for the message of the refusal. */
export function missingScope(
  tokenScopes: 'admin' | readonly Scope[],
  needed: readonly Scope[],
): Scope | undefined {
  if (tokenScopes === 'admin') return undefined
  return needed.find((scope) => !includes(tokenScopes, scope))
}

/** Adding `-write` to `x:read` gives the scope that includes it; to any other scope, one that does not exist. */
const includes = (tokenScopes: readonly string[], scope: Scope): boolean =>
  tokenScopes.includes(scope) || tokenScopes.includes(`${scope}-write`)
