/** The load balancer of applications: which processes take requests, and what others ask of it. */
import type { Application } from './application.ts'
import type { Process } from './process.ts'

/** How the load balancer of an application stands. */
export interface LoadBalancerState {
  readonly enabled: boolean
  /** Empty while it is off, and until it listens. */
  readonly urls: readonly string[]
  /** Those that take new requests. */
  readonly processes: number
  /** WebSockets too, and those on processes that take no new ones. */
  readonly openRequests: number
  /** Requests that were handed to a process, on average of the last ten seconds. */
  readonly requestsPerSecond: number
  /** Why there is no address, or why nothing is taken; null when all is well. */
  readonly problem: string | null
}

/** What the processes of an application in a region have to do. */
export interface RequestLoad {
  /** Those that take new requests. */
  readonly processes: number
  /**
   * The time that requests spent on processes that took new ones, ever since the server started, in ms of request: two
   * of these, divided by the time between them, are the requests that were open at once on average.
   */
  readonly requestMs: number
}

/** What the engine tells the load balancer and asks of it. Nothing of this waits or throws. */
export interface RequestSpreader {
  /** Its service configuration changed, or it was deleted: then it has none. */
  applicationChanged(application: Application): void
  /** A process as it is now. */
  processSeen(process: Process): void
  /** Undefined where the load balancer of the application is off. */
  loadOf(appId: string, region: string): RequestLoad | undefined
}

export interface LoadBalancer extends RequestSpreader {
  stateOf(appId: string): LoadBalancerState
}

export const isBalanced = ({ serviceConfig }: Pick<Application, 'serviceConfig'>): boolean =>
  serviceConfig?.loadBalancer?.enabled === true

/** It runs, nobody asked it to go, and its default port speaks TCP. */
export const takesRequests = ({ status, wanted, ports }: Process): boolean =>
  status === 'running' && wanted.kind === 'run' && ports[0]?.transport === 'tcp'
