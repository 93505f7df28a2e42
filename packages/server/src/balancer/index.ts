/**
 * The load balancer: spreads HTTP and WebSocket over the running processes of applications that want it, at a port of
 * each one's own and, where there is a domain, at host names. It never answers at the API's address.
 */
import { Agent, type IncomingMessage } from 'node:http'
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import type { BalancerPortStore } from '../domain/balancer-port-store.ts'
import type { Clock } from '../domain/clock.ts'
import { type LoadBalancer, isBalanced, takesRequests } from '../domain/load-balancer.ts'
import type { Log } from '../domain/log.ts'
import type { Process } from '../domain/process.ts'
import type { PortRange } from '../domain/region.ts'
import type { Store } from '../domain/store.ts'
import type { Authenticate } from './admission.ts'
import { type Backends, createBackends } from './backends.ts'
import { createCallerOf } from './caller.ts'
import { type Front, type FrontOptions, type Route, createFront } from './front.ts'
import { createOwnPorts } from './own-ports.ts'

export interface BalancerOptions {
  readonly store: BalancerPortStore & Pick<Store, 'listAllApplications'>
  readonly authenticate: Authenticate
  readonly clock: Clock
  readonly log: Log
  /** The address to listen on. */
  readonly host: string
  /** What callers connect to. */
  readonly publicHost: string
  /** Where processes are reached. */
  readonly processHost: string
  /** Of the ports that are one application's each. */
  readonly ports: PortRange
  /** Host names `<appId>.<domain>` at one port for all applications; null: there are none. */
  readonly names: NamedHosts | null
  /** Whose X-Forwarded headers count. */
  readonly trustProxy: readonly string[]
}

export interface NamedHosts {
  readonly domain: string
  readonly port: number
  /** A proxy in front takes https for them. */
  readonly behindTls: boolean
}

export interface RunningBalancer extends LoadBalancer {
  /** Listens for every application that wants it. Rejects when the port of the host names cannot be had. */
  start(): Promise<void>
  /** Takes nothing new and lets what is under way end for a while. */
  close(): Promise<void>
}

/**
 * A connection to a process that was not used for so long is closed: sooner than game servers do, who would cut a
 * request that just comes, and soon enough not to pass for a player.
 */
const keepMs = 1_000

export function createBalancer(options: BalancerOptions): RunningBalancer {
  const { store, clock, names } = options
  const agent = new Agent({ keepAlive: true, timeout: keepMs })
  const frontOptions = { ...options, agent, callerOf: createCallerOf(options.trustProxy) }
  const all = new Map<string, Backends>()
  const balanced = new Map<string, Application>()
  const ownPorts = createOwnPorts({ ...options, openFront })
  const named = names === null ? undefined : createNamedFront(names.domain, routeOf, frontOptions)

  function routeOf(appId: string): Route | undefined {
    const application = balanced.get(appId)
    return application && { orgId: application.orgId, backends: backendsOf(appId) }
  }

  function openFront(appId: string): Front {
    return createFront(() => routeOf(appId), frontOptions)
  }

  function backendsOf(appId: string): Backends {
    const found = all.get(appId) ?? createBackends(clock.monotonic)
    all.set(appId, found)
    return found
  }

  function gone({ appId, processId }: Pick<Process, 'appId' | 'processId'>): void {
    const backends = all.get(appId)
    backends?.remove(processId)
    if (backends?.count === 0 && backends.openRequests === 0 && !balanced.has(appId))
      all.delete(appId)
  }

  function applicationChanged(application: Application): void {
    const { appId } = application
    const isOn = isBalanced(application) && application.deletedAt === null
    if (isOn) balanced.set(appId, application)
    else balanced.delete(appId)
    ownPorts.want(appId, isOn)
  }

  function urlsOf(appId: string): string[] {
    const own = ownPorts.portOf(appId)
    return [
      ...(names === null ? [] : [namedUrl(names, appId)]),
      ...(own === undefined ? [] : [`http://${inUrl(options.publicHost)}:${own}`]),
    ]
  }

  return {
    applicationChanged,
    processSeen(process) {
      const [port] = process.ports
      if (port === undefined || !takesRequests(process)) return gone(process)
      const { processId, region } = process
      const backend = { processId, region, host: options.processHost, port: port.port }
      backendsOf(process.appId).add(backend)
    },
    loadOf: (appId, region) => (balanced.has(appId) ? backendsOf(appId).loadOf(region) : undefined),
    stateOf(appId) {
      const enabled = balanced.has(appId)
      const backends = all.get(appId)
      return {
        enabled,
        urls: enabled ? urlsOf(appId) : [],
        processes: backends?.count ?? 0,
        openRequests: backends?.openRequests ?? 0,
        requestsPerSecond: backends?.requestsPerSecond() ?? 0,
        problem: enabled ? ownPorts.problemOf(appId) : null,
      }
    },
    async start() {
      if (names !== null) await listenNamed(named, options.host, names.port)
      for (const application of await store.listAllApplications()) applicationChanged(application)
    },
    async close() {
      await Promise.all([named?.close(), ownPorts.close()])
      agent.destroy()
    },
  }
}

/** The front of all host names. */
function createNamedFront(
  domain: string,
  routeOf: (appId: string) => Route | undefined,
  options: FrontOptions,
): Front {
  const end = `.${domain.toLowerCase()}`
  return createFront(({ headers }: IncomingMessage) => {
    const name = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
    return name.endsWith(end) ? routeOf(name.slice(0, -end.length)) : undefined
  }, options)
}

async function listenNamed(front: Front | undefined, host: string, port: number): Promise<void> {
  try {
    await front?.listen(host, port)
  } catch (cause) {
    throw new HatcheryError(
      'unavailable',
      `the load balancer cannot listen on ${host}:${port} (${(cause as NodeJS.ErrnoException).code}): free it, or set loadBalancer.port`,
      { cause },
    )
  }
}

const namedUrl = ({ domain, port, behindTls }: NamedHosts, appId: string): string =>
  behindTls ? `https://${appId}.${domain}` : `http://${appId}.${domain}:${port}`

const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)
