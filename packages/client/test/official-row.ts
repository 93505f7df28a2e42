/** A call that both clients make, to be compared. */
import type { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import type { operations } from '@hatchery/contract'
import type { Hatchery } from '../src/index.ts'
import type { Respond } from './recorder.ts'

type Client = Pick<
  Hatchery,
  | 'processesV3'
  | 'appsV2'
  | 'buildsV3'
  | 'buildsV2'
  | 'buildsV1'
  | 'deploymentsV3'
  | 'roomsV2'
  | 'roomsV1'
  | 'tokensV1'
  | 'organizationsV1'
  | 'managementV1'
  | 'billingV1'
  | 'authV1'
  | 'lobbiesV3'
  | 'lobbiesV2'
  | 'lobbiesV1'
  | 'logsV1'
  | 'metricsV1'
  | 'discoveryV2'
  | 'discoveryV1'
  | 'processesV2'
  | 'processesV1'
  | 'appsV1'
  | 'deploymentsV2'
  | 'deploymentsV1'
  | 'fleetsV2'
  | 'fleetsV1'
  | 'nodesV1'
>

export interface Row {
  readonly id: keyof typeof operations
  /** The call of our client, and the same text for the official one. */
  readonly ours: (client: Client) => Promise<unknown>
  readonly theirs: (client: HathoraCloud) => Promise<unknown>
  readonly answer: Respond
}
