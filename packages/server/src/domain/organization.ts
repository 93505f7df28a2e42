/** The tenant, and the tokens that act for it. */
import type { Scope } from '@hatchery/contract'
import type { Instant } from './clock.ts'

export interface Organization {
  readonly orgId: string
  readonly name: string
  /** CPU that its unfinished processes may request in all; null is no limit. */
  readonly concurrentVcpusLimit: number | null
  /** CPU hours that its processes may request in a calendar month (UTC); null is no limit. */
  readonly monthlyVcpuHoursLimit: number | null
  readonly createdAt: Instant
}

/** An organization that may do as much as the machines hold. */
export const newOrganization = (
  given: Pick<Organization, 'orgId' | 'name' | 'createdAt'>,
): Organization => ({ ...unlimited, ...given })

/** What records of the first versions do not say. */
export const unlimited = { concurrentVcpusLimit: null, monthlyVcpuHoursLimit: null }

/** The fields that may be changed. */
export type OrganizationChange = Partial<Omit<Organization, 'orgId' | 'createdAt'>>

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
