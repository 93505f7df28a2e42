/**
 * The processes of one application as the load balancer sees them: which one a request goes to, how many are open, how
 * much work there was.
 */
import type { RequestLoad } from '../domain/load-balancer.ts'

export interface Backend {
  readonly processId: string
  readonly region: string
  readonly host: string
  readonly port: number
}

export interface Backends {
  /** Takes requests from now on, or still. */
  add(backend: Backend): void
  /** Takes no new ones; those it has go on. */
  remove(processId: string): void
  /** The one with the fewest open requests, of several the one that was chosen the longest ago; undefined when there is none. */
  choose(except?: Backend): Backend | undefined
  /** Counts a request until the answer is called. */
  opened(backend: Backend): () => void
  /** It refused a connection: for a second it is chosen only where every one did. */
  refused(backend: Backend): void
  readonly count: number
  readonly openRequests: number
  requestsPerSecond(): number
  loadOf(region: string): RequestLoad
}

const restMs = 1_000

/** `monotonic`: milliseconds that only go forward. */
export function createBackends(monotonic: () => number): Backends {
  const taking = new Map<string, Taking>()
  const done = new Map<string, number>()
  const rate = createRate(monotonic)
  let openRequests = 0
  let turn = 0

  function remove(processId: string): void {
    const one = taking.get(processId)
    if (one === undefined) return
    taking.delete(processId)
    const { region } = one.backend
    done.set(region, (done.get(region) ?? 0) + one.requestMs(monotonic()))
  }

  function choose(except?: Backend): Backend | undefined {
    const now = monotonic()
    let best: Taking | undefined
    for (const one of taking.values())
      if (one.backend !== except && (best === undefined || isBetter(one, best, now))) best = one
    if (best !== undefined) best.turn = turn += 1
    return best?.backend
  }

  return {
    add(backend) {
      const before = taking.get(backend.processId)?.backend
      if (before?.port === backend.port && before.host === backend.host) return
      remove(backend.processId)
      taking.set(backend.processId, createTaking(backend, monotonic()))
    },
    remove,
    choose,
    opened(backend) {
      const known = taking.get(backend.processId)
      const one = known?.backend === backend ? known : undefined
      one?.change(1, monotonic())
      openRequests += 1
      rate.count()
      let isOpen = true
      return () => {
        if (!isOpen) return
        isOpen = false
        openRequests -= 1
        one?.change(-1, monotonic())
      }
    },
    refused(backend) {
      const one = taking.get(backend.processId)
      if (one?.backend === backend) one.restUntil = monotonic() + restMs
    },
    get count() {
      return taking.size
    },
    get openRequests() {
      return openRequests
    },
    requestsPerSecond: rate.perSecond,
    loadOf(region) {
      const now = monotonic()
      const there = [...taking.values()].filter(({ backend }) => backend.region === region)
      const working = there.reduce((sum, one) => sum + one.requestMs(now), 0)
      return { processes: there.length, requestMs: (done.get(region) ?? 0) + working }
    },
  }
}

/** A process that takes requests, with what it has. */
interface Taking {
  readonly backend: Backend
  open: number
  turn: number
  restUntil: number
  change(by: 1 | -1, now: number): void
  /** The time of all its requests together, since it was added. */
  requestMs(now: number): number
}

function createTaking(backend: Backend, from: number): Taking {
  let sum = 0
  let at = from
  return {
    ...{ backend, open: 0, turn: 0, restUntil: 0 },
    change(by, now) {
      sum += this.open * (now - at)
      at = now
      this.open += by
    },
    requestMs(now) {
      return sum + this.open * (now - at)
    },
  }
}

function isBetter(one: Taking, other: Taking, now: number): boolean {
  const rests = one.restUntil > now
  if (rests !== other.restUntil > now) return !rests
  return one.open < other.open || (one.open === other.open && one.turn < other.turn)
}

const rateSeconds = 10

/** Counts by the second, and forgets after ten. */
function createRate(monotonic: () => number) {
  const counts = Array.from({ length: rateSeconds }, () => 0)
  let second = Math.floor(monotonic() / 1_000)

  function goOn(): void {
    const now = Math.floor(monotonic() / 1_000)
    for (let gone = Math.min(now - second, rateSeconds); gone > 0; gone -= 1)
      counts[(now - gone + 1) % rateSeconds] = 0
    second = now
  }

  return {
    count(): void {
      goOn()
      const at = second % rateSeconds
      counts[at] = (counts[at] ?? 0) + 1
    },
    perSecond(): number {
      goOn()
      return counts.reduce((sum, count) => sum + count, 0) / rateSeconds
    },
  }
}
