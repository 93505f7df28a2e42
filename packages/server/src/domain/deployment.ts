/** A deployment: a build and how to run it. Immutable; the newest one is used for new processes. */
import type { TransportType } from '@hatchery/contract'
import type { Instant } from './clock.ts'

export interface ContainerPort {
  readonly name: string
  readonly port: number
  readonly transportType: TransportType
}

export interface Deployment {
  readonly deploymentId: string
  /** Insertion order; given by the store. */
  readonly seq: number
  /** What the oldest versions call it by: 1, 2, … in its application. Given by the store. */
  readonly number: number
  readonly orgId: string
  readonly appId: string
  readonly buildId: string
  readonly buildTag: string | null
  readonly deploymentTag: string | null
  readonly fleetId: string | null
  readonly idleTimeoutEnabled: boolean
  readonly roomsPerProcess: number
  readonly env: readonly { readonly name: string; readonly value: string }[]
  readonly defaultContainerPort: ContainerPort
  readonly additionalContainerPorts: readonly ContainerPort[]
  readonly requestedCPU: number
  readonly requestedMemoryMB: number
  readonly requestedGPU: number
  readonly createdAt: Instant
  readonly createdBy: string
}

/** A deployment before the store has it. */
export type NewDeployment = Omit<Deployment, 'seq' | 'number' | 'buildTag'>

/** The default port first. */
export const containerPorts = (deployment: Deployment): readonly ContainerPort[] => [
  deployment.defaultContainerPort,
  ...deployment.additionalContainerPorts,
]
