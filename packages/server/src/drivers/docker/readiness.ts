/** Watches running containers until their default port is bound, with looks that become rarer. */
import type { Instant } from '../../domain/clock.ts'
import type { ProcessSpec, SpecPort } from '../../domain/driver.ts'
import type { ProcessId } from '../../domain/process.ts'
import { type SocketRow, type Transport, ephemeralPorts } from '../linux/sockets.ts'
import type { LiveContainer } from './container-place.ts'
import type { SocketsOf } from './container-sockets.ts'
import type { NetworkMode } from './container-spec.ts'
import type { PortSeen } from './observe.ts'

export interface Unbound extends LiveContainer {
  readonly spec: ProcessSpec
  readonly bootedAt: Instant
}

export interface Readiness {
  /**
   * One that is watched already goes on being watched. Resolves when its sockets were looked at just now, rejects when
   * they could not be: of what nobody sees it is not known that it is not bound.
   */
  watch(container: Unbound): Promise<void>
  forget(processId: ProcessId): void
  close(): void
}

export interface ReadinessOptions {
  readonly network: NetworkMode
  readonly socketsOf: SocketsOf
  readonly seen: (processId: ProcessId) => PortSeen
  /** Keeps what was found; throws when it cannot be kept now. */
  readonly found: (processId: ProcessId, seen: PortSeen) => void
  /** A line for the log of the process. */
  readonly say: (processId: ProcessId, line: string) => void
}

/** A program gets this long before a port it holds instead of its own is told. */
const searchAfterMs = 400
const shortestMs = 4
const longestMs = 100

interface Watching {
  /** Monotonic ms. */
  readonly since: number
  readonly container: Unbound
  timer: NodeJS.Timeout | undefined
  /** Rejects when it could see nothing. */
  latest: Promise<void>
}

export function createReadiness(options: ReadinessOptions): Readiness {
  const watched = new Map<ProcessId, Watching>()

  async function look(watching: Watching): Promise<void> {
    const { container } = watching
    const { processId } = container.spec
    const isLate = performance.now() - watching.since > searchAfterMs
    const wanted = isLate ? 'both' : transportOf(container.spec.ports[0])
    const rows = await options.socketsOf(container, wanted)
    if (watched.get(processId) !== watching) return
    try {
      if (isSettled(container, rows)) return forget(processId)
      if (isLate) search(container, rows ?? [])
    } catch {
      // What cannot be written (a full disk) is seen again at the next look.
    }
  }

  /** Again and again, whatever comes of it. */
  function beginLook(watching: Watching): Promise<void> {
    watching.latest = look(watching)
    const again = (): void => {
      if (watched.get(watching.container.spec.processId) !== watching) return
      watching.timer = setTimeout(() => void beginLook(watching), delayOf(watching))
    }
    watching.latest.then(again, again)
    return watching.latest
  }

  /** True when nothing is left to be seen. */
  function isSettled(container: Unbound, rows: readonly SocketRow[] | undefined): boolean {
    const { spec, bootedAt } = container
    if (rows === undefined) {
      options.say(spec.processId, 'hatchery: its port cannot be seen there; it counts as bound')
      options.found(spec.processId, { boundAt: bootedAt, boundInstead: null })
      return true
    }
    if (hasItsPort(container, rows)) {
      options.found(spec.processId, { boundAt: Date.now(), boundInstead: null })
      return true
    }
    return false
  }

  function search({ spec }: Unbound, rows: readonly SocketRow[]): void {
    if (options.seen(spec.processId).boundInstead !== null) return
    const other = otherPort(spec, rows)
    const [wanted] = spec.ports
    if (other === undefined || wanted === undefined) return
    const instead = nameOf(other.port, other.transport)
    options.found(spec.processId, { boundAt: null, boundInstead: instead })
    const own = nameOf(numberOf(wanted), wanted.transport)
    if (other.port !== numberOf(wanted))
      options.say(spec.processId, `hatchery: bound ${instead} instead of ${own}: read PORT`)
  }

  const numberOf = (port: SpecPort): number =>
    options.network === 'bridge' ? port.containerPort : port.port

  function hasItsPort({ spec }: Unbound, rows: readonly SocketRow[]): boolean {
    const [port] = spec.ports
    if (port === undefined) return true
    const name = nameOf(numberOf(port), port.transport)
    return rows.some((row) => row.state === 'listening' && nameOf(row.port, row.transport) === name)
  }

  /** Sockets in the range of ports that nobody chose do not count, nor do its further ports. */
  function otherPort(spec: ProcessSpec, rows: readonly SocketRow[]): SocketRow | undefined {
    const [from, to] = ephemeralPorts()
    const own = new Set(spec.ports.map((port) => nameOf(numberOf(port), port.transport)))
    const others = rows.filter(
      ({ state, port, transport }) =>
        state === 'listening' && !own.has(nameOf(port, transport)) && (port < from || port > to),
    )
    const wanted = transportOf(spec.ports[0])
    return others.find(({ transport }) => transport === wanted) ?? others[0]
  }

  function forget(processId: ProcessId): void {
    clearTimeout(watched.get(processId)?.timer)
    watched.delete(processId)
  }

  return {
    async watch(container) {
      const { processId } = container.spec
      const known = watched.get(processId)
      if (known !== undefined) return await known.latest
      const since = performance.now()
      const watching: Watching = { container, since, timer: undefined, latest: Promise.resolve() }
      watched.set(processId, watching)
      await beginLook(watching)
    },
    forget,
    close() {
      for (const processId of [...watched.keys()]) forget(processId)
    },
  }
}

/** Young ones are looked at often. */
function delayOf({ since }: Watching): number {
  const quarterAge = (performance.now() - since) / 4
  return Math.min(longestMs, Math.max(shortestMs, quarterAge))
}

const transportOf = (port: SpecPort | undefined): Transport =>
  port?.transport === 'udp' ? 'udp' : 'tcp'

const nameOf = (port: number, transport: string): string =>
  `${port}/${transport === 'udp' ? 'udp' : 'tcp'}`
