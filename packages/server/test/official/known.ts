/** What the calls of the official client name: ids, numbers and tokens of things that are there, or of none. */
import type { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import type { RegistryConfig } from '@hathora/cloud-sdk-typescript/models/components/index.js'

export interface Known {
  readonly orgId: string
  readonly orgTokenId: string
  readonly appId: string
  readonly buildId: string
  /** The build and the deployment as the oldest versions call them. */
  readonly buildNumber: number
  readonly deploymentId: string
  readonly deploymentNumber: number
  readonly processId: string
  readonly roomId: string
  readonly shortCode: string
  readonly fleetId: string
  readonly nodeId: string
  readonly region: 'Seattle'
  /** An address of somebody who is invited. */
  readonly userEmail: string
  readonly containerPort: number
  /** Where a page of ours leads back to. */
  readonly returnUrl: string
  readonly playerToken: string
  readonly idToken: string
  /** A gzipped tar of a game server. */
  readonly archive: Uint8Array<ArrayBuffer>
  /** An image, and where it is. */
  readonly registry: RegistryConfig
  /** For names that may be there once. */
  readonly fresh: string
}

/** One call of one operation, with arguments that make sense. */
export type Call = (client: HathoraCloud, it: Known) => Promise<unknown>
