/** The tenant, and the tokens that act for it. */
import type { Scope } from '@hatchery/contract'
import type { Instant } from './clock.ts'

export interface Organization {
  readonly orgId: string
  readonly name: string
  readonly createdAt: Instant
}

/** An organization's token as stored: the SHA-256 of the secret, never the secret. */
export interface OrgToken {
  readonly orgTokenId: string
  readonly orgId: string
  readonly name: string
  /** Hex SHA-256 of the whole secret. */
  readonly hash: string
  readonly lastFour: string
  /** 'admin' may do everything in its organization. */
  readonly scopes: 'admin' | readonly Scope[]
  readonly createdAt: Instant
  readonly createdBy: string
  readonly revokedAt: Instant | null
}
