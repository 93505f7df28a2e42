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
  /** Where deployments run that name no fleet; null until a start of the server made one. */
  readonly defaultFleetId: string | null
  readonly createdAt: Instant
}

/** An organization that may do as much as the machines hold. */
export const newOrganization = (
  given: Pick<Organization, 'orgId' | 'name' | 'createdAt'>,
): Organization => ({ ...unlimited, ...given })

/** What records of the first versions do not say. */
export const unlimited = {
  concurrentVcpusLimit: null,
  monthlyVcpuHoursLimit: null,
  defaultFleetId: null,
}

/** The fields that may be changed. */
export type OrganizationChange = Partial<Omit<Organization, 'orgId' | 'createdAt'>>

/** 'admin' may do everything in its organization. */
export type TokenScopes = 'admin' | readonly Scope[]

/** Whose token it is, where that is a person: then it may do what the person may at the moment. */
export interface TokenOwner {
  readonly userEmail: string
  /** Nobody but who reads the mail of that address can have it: it stands for the person in every organization. */
  readonly isMailed: boolean
  /** It is refused from then on; null once it was used, which is before. */
  readonly unusedUntil: Instant | null
}

/** An organization's token as stored: the SHA-256 of the secret, never the secret. */
export interface OrgToken {
  readonly orgTokenId: string
  readonly orgId: string
  readonly name: string
  /** Hex SHA-256 of the whole secret. */
  readonly hash: string
  readonly lastFour: string
  /** None of its own for the token of a person. */
  readonly scopes: TokenScopes
  readonly createdAt: Instant
  readonly createdBy: string
  readonly revokedAt: Instant | null
  readonly owner?: TokenOwner
}
