/** The port that each application has of its own: leased, listened on while its load balancer is on, kept over restarts. */
import type { BalancerPortStore } from '../domain/balancer-port-store.ts'
import type { Clock } from '../domain/clock.ts'
import type { Log } from '../domain/log.ts'
import type { PortRange } from '../domain/region.ts'
import type { Front } from './front.ts'

export interface OwnPortsOptions {
  readonly store: BalancerPortStore
  readonly clock: Clock
  readonly log: Log
  readonly host: string
  readonly ports: PortRange
  readonly openFront: (appId: string) => Front
}

export interface OwnPorts {
  /** Begins to listen, or to end it; returns at once. */
  want(appId: string, isOn: boolean): void
  /** Undefined while it does not listen. */
  portOf(appId: string): number | undefined
  /** Why it does not listen although it should; null when it does, or is about to. */
  problemOf(appId: string): string | null
  close(): Promise<void>
}

interface OwnPort {
  isWanted: boolean
  open: { readonly front: Front; readonly port: number } | undefined
  problem: string | null
  /** One step at a time. */
  work: Promise<void>
  cancelRetry: () => void
}

const retryMs = 5_000

export function createOwnPorts(options: OwnPortsOptions): OwnPorts {
  const { store, clock, log, host, ports: range } = options
  const known = new Map<string, OwnPort>()
  let isClosing = false

  function want(appId: string, isOn: boolean): void {
    const own = known.get(appId) ?? (isOn ? newOwnPort() : undefined)
    if (own === undefined || own.isWanted === isOn || isClosing) return
    known.set(appId, own)
    own.isWanted = isOn
    step(appId, own)
  }

  function step(appId: string, own: OwnPort): void {
    own.cancelRetry()
    own.work = own.work
      .then(() => look(appId, own))
      .catch((err: unknown) => failed(appId, own, err))
  }

  async function look(appId: string, own: OwnPort): Promise<void> {
    const isWanted = own.isWanted && !isClosing
    if (isWanted && own.open === undefined) return await open(appId, own)
    if (isWanted) return
    const { front } = own.open ?? {}
    own.open = undefined
    await front?.close()
    if (!own.isWanted) known.delete(appId)
  }

  async function open(appId: string, own: OwnPort, avoid: readonly number[] = []): Promise<void> {
    const lease = await store.leaseBalancerPort(appId, { range, avoid })
    if (lease === undefined) throw new Error(`no port of ${range.from} to ${range.to} is free`)
    const { port, isNew } = lease
    const front = options.openFront(appId)
    try {
      await front.listen(host, port)
    } catch (error) {
      if (isNew && (error as NodeJS.ErrnoException).code === 'EADDRINUSE')
        return await open(appId, own, [...avoid, port])
      throw error
    }
    own.open = { front, port }
    own.problem = null
    log.info({ event: 'balancer.listening', appId, host, port }, 'the load balancer listens')
  }

  function failed(appId: string, own: OwnPort, err: unknown): void {
    const { code, message, port } = err as NodeJS.ErrnoException & { port?: number }
    own.problem =
      code === 'EADDRINUSE' ? `its port ${port} is used by another program` : String(message)
    log.warn(
      { event: 'balancer.retry', appId, retryMs, err },
      'the load balancer of an application cannot listen and tries again',
    )
    own.cancelRetry = clock.after(retryMs, () => step(appId, own))
  }

  return {
    want,
    portOf: (appId) => known.get(appId)?.open?.port,
    problemOf: (appId) => known.get(appId)?.problem ?? null,
    async close() {
      isClosing = true
      for (const [appId, own] of known) step(appId, own)
      await Promise.all([...known.values()].map(({ work }) => work))
      for (const own of known.values()) own.cancelRetry()
    },
  }
}

const newOwnPort = (): OwnPort => ({
  ...{ isWanted: false, open: undefined, problem: null },
  ...{ work: Promise.resolve(), cancelRetry: () => {} },
})
