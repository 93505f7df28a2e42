/** A driver without processes, for tests and for measuring everything but a driver: instant, cheap, and it fails on request. */
import type { Clock } from '../../domain/clock.ts'
import {
  type Builder,
  type Driver,
  DriverError,
  type Preparer,
  type ProcessSpec,
  type UsageSource,
} from '../../domain/driver.ts'
import type { Exit } from '../../domain/exit-reason.ts'
import type { ProcessId } from '../../domain/process.ts'
import { type FakeBehaviour, behaviourOf } from './behaviour.ts'
import { createFakeBuilder } from './builder.ts'
import {
  type FakePlace,
  type FakeRun,
  activityOf,
  createFakePlace,
  observationOf,
} from './place.ts'

export { type FakePlace, createFakePlace } from './place.ts'

export interface FakeDriverOptions {
  readonly clock: Clock
  /** Whether the engine has to lease ports; default true. */
  readonly leasesPorts?: boolean
  /** Where its processes live; give the same one to the next driver to have it find them. */
  readonly place?: FakePlace
}

export interface FakeDriver extends Driver {
  readonly place: FakePlace
  readonly usage: UsageSource
  readonly preparer: Preparer
  readonly builder: Builder
  /** Ends a process as if by itself. */
  exit(processId: ProcessId, exit: Exit): void
  /** Has a process bind its port, or another one, as `7777/udp`. */
  bind(processId: ProcessId, instead?: string): void
  /** Takes a process away without a trace. */
  vanish(processId: ProcessId): void
  /** Says how many players are connected; null: unknown. */
  connect(processId: ProcessId, connections: number | null): void
  /** Has the next start fail, once. */
  failNextStart(error: DriverError): void
}

export function createFakeDriver(options: FakeDriverOptions): FakeDriver {
  const { clock } = options
  const place = options.place ?? createFakePlace()
  const { runs } = place
  const watchers = new Set<(processId: ProcessId) => void>()
  let closed = false

  const changed = (processId: ProcessId): void => {
    for (const onChange of watchers) onChange(processId)
  }

  /** Does it at once or later; never after the driver was closed, as nobody would be told. */
  const after = (ms: number | null, action: () => void): void => {
    if (ms === null) action()
    else clock.after(ms, () => (closed ? undefined : action()))
  }

  const end = (processId: ProcessId, exit: Exit): void => {
    const run = runs.get(processId)
    if (run === undefined || run.end !== null) return
    run.end = { exit, at: clock.now() }
    changed(processId)
  }

  const vanish = (processId: ProcessId): void => {
    runs.delete(processId)
    changed(processId)
  }

  const live = (processId: ProcessId, run: FakeRun, how: FakeBehaviour): void => {
    if (runs.get(processId) !== run) return
    run.bootedAt = clock.now()
    changed(processId)
    if (how.bindsInstead !== null) run.boundInstead = how.bindsInstead
    if (how.neverBinds) exitLater(processId, how)
    else
      after(how.bindAfterMs, () => {
        bind(processId)
        exitLater(processId, how)
      })
  }

  const exitLater = (processId: ProcessId, how: FakeBehaviour): void => {
    if (how.exitAfterMs === null) return
    clock.after(how.exitAfterMs, () => end(processId, how.exit))
  }

  const bind = (processId: ProcessId, instead?: string): void => {
    const run = runs.get(processId)
    if (run === undefined || run.end !== null) return
    run.bootedAt ??= clock.now()
    if (instead === undefined) run.boundAt ??= clock.now()
    else run.boundInstead = instead
    changed(processId)
  }

  const begin = (spec: ProcessSpec, isHeld: boolean): void => {
    const how = behaviourOf({ ...place.habits, ...spec.env })
    refuse(place, spec, how)
    const run = newRun(spec, how, isHeld)
    runs.set(spec.processId, run)
    place.started += 1
    after(how.bootAfterMs, () => live(spec.processId, run, how))
  }

  /** What has ended is made anew. */
  const handOver = (run: FakeRun): void => {
    const { processId } = run.spec
    runs.delete(processId)
    if (run.end !== null) return begin(run.spec, false)
    const at = clock.now()
    const boundAt = run.boundAt === null ? null : at
    runs.set(processId, { ...run, isHeld: false, bootedAt: run.bootedAt && at, boundAt })
    changed(processId)
  }

  const untilBound = (run: FakeRun, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (): void => {
        const isGone = runs.get(run.spec.processId) !== run || run.end !== null
        if (run.boundAt === null && !isGone && !signal.aborted) return
        watchers.delete(settle)
        signal.removeEventListener('abort', settle)
        if (signal.aborted) reject(signal.reason as Error)
        else if (isGone) reject(new DriverError('it ended before it was bound', final))
        else resolve()
      }
      watchers.add(settle)
      signal.addEventListener('abort', settle)
      settle()
    })

  return {
    name: 'fake',
    leasesPorts: options.leasesPorts ?? true,
    bindsLeasedPort: options.leasesPorts ?? true,
    startsFrom: 'Procfile',
    canStart: ({ kind }) => kind === 'folder',
    place,
    usage: createFakeUsage(runs, clock),
    builder: createFakeBuilder(place.artifacts),

    start: async (spec) => {
      const run = runs.get(spec.processId)
      if (run === undefined) begin(spec, false)
      else if (run.isHeld) handOver(run)
    },

    preparer: {
      prepare: async (spec, signal) => {
        if (!runs.has(spec.processId)) begin(spec, true)
        const run = runs.get(spec.processId)
        if (run?.isHeld === true) await untilBound(run, signal)
      },
    },

    signal: async (processId, kind) => {
      const run = runs.get(processId)
      if (run === undefined || (kind === 'terminate' && run.ignoresTerminate)) return
      if (run.bootedAt === null || run.isHeld) return vanish(processId)
      const signal = kind === 'kill' ? 'SIGKILL' : 'SIGTERM'
      end(processId, { kind: 'signal', signal })
    },

    observe: async (processId) => observationOf(processId, runs.get(processId)),

    list: async () => [...runs].map(([processId, run]) => observationOf(processId, run)),

    watch: (onChange) => {
      watchers.add(onChange)
    },

    remove: async (processId) => {
      runs.delete(processId)
    },

    close: async () => {
      closed = true
      watchers.clear()
    },

    exit: end,
    bind,
    vanish,
    connect: (processId, connections) => {
      const run = runs.get(processId)
      if (run !== undefined) run.connections = connections
    },
    failNextStart: (error) => {
      place.nextStartError = error
    },
  }
}

const final = { temporary: false }

const newRun = (
  spec: ProcessSpec,
  { ignoresTerminate }: FakeBehaviour,
  isHeld: boolean,
): FakeRun => ({
  ...{ spec, isHeld },
  bootedAt: null,
  boundAt: null,
  boundInstead: null,
  end: null,
  ignoresTerminate,
  connections: 0,
})

function refuse(place: FakePlace, spec: ProcessSpec, { startError }: FakeBehaviour): void {
  const { nextStartError } = place
  place.nextStartError = null
  if (nextStartError !== null) throw nextStartError
  if (startError === 'none') return
  const temporary = startError !== 'final'
  const portTaken = startError === 'port-taken'
  const message = portTaken
    ? `port ${spec.ports[0]?.port} is taken by another program`
    : 'the environment says that it fails to start'
  throw new DriverError(message, { temporary, portTaken })
}

/** A quarter core and 64 MB each, whatever it does. */
const createFakeUsage = (runs: FakePlace['runs'], clock: Clock): UsageSource => ({
  usage: async (processIds) =>
    processIds.flatMap((processId) => {
      const run = runs.get(processId)
      if (run === undefined || run.end !== null || run.bootedAt === null || run.isHeld) return []
      const seconds = (clock.now() - run.bootedAt) / 1000
      return [
        {
          processId,
          cpuSeconds: seconds / 4,
          memoryBytes: 67_108_864,
          egressBytes: Math.round(seconds * 1000),
          activity: activityOf(run),
        },
      ]
    }),
  activityMeasure: () => 'sockets',
  limits: 'counted',
})
