/** The part of the store that keeps the ports of load balancers. */
import type { PortRange } from './region.ts'

export interface BalancerPortStore {
  /**
   * The port at which an application is balanced: the one it has, unless that is outside of `range` or in `avoid`, else
   * the lowest that no other has. Where all are taken, that of one whose load balancer is off. Undefined when there is
   * none. Deleting the application gives it back.
   */
  leaseBalancerPort(appId: string, demand: BalancerPortDemand): Promise<BalancerLease | undefined>
}

export interface BalancerPortDemand {
  readonly range: PortRange
  /** Numbers found taken by other programs. */
  readonly avoid: readonly number[]
}

export interface BalancerLease {
  readonly port: number
  /** Whether the application did not have it before. */
  readonly isNew: boolean
}
