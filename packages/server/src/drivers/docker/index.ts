/**
 * The Docker driver: a process is a container of an engine, here or elsewhere. The engine remembers what runs; beside
 * it stand small files of when a port was bound and how far a log was copied.
 */
import { mkdirSync } from 'node:fs'
import type { Instant } from '../../domain/clock.ts'
import {
  type Driver,
  DriverError,
  type EndedObservation,
  type Fetcher,
  type ImageArtifact,
  type Observation,
  type Preparer,
  type ProcessSpec,
  type UsageSource,
} from '../../domain/driver.ts'
import type { Exit } from '../../domain/exit-reason.ts'
import type { ProcessId } from '../../domain/process.ts'
import { createChanges } from './changes.ts'
import { type NetworkMode, containerName, labels } from './container-spec.ts'
import { createSocketsOf } from './container-sockets.ts'
import { type Found, createContainerStarts } from './container-starts.ts'
import type { EngineClient } from './engine-client.ts'
import { hasStatus, isMissing } from './engine-error.ts'
import { wasEndedByEngine } from './engine-memory.ts'
import { listen } from './events.ts'
import { createHeldContainers } from './held-containers.ts'
import type { CopyImage } from './image-copy.ts'
import { createImageFetcher } from './image-fetcher.ts'
import { createImageNames } from './image-names.ts'
import { createContainerLogs } from './logs.ts'
import { type Inspected, instantOf, isAlive, observationOf, specIn } from './observe.ts'
import { createPortNotes } from './port-notes.ts'
import { type Unbound, createReadiness } from './readiness.ts'
import { startContainer } from './start-container.ts'
import { createContainerUsage } from './usage.ts'

export interface DockerDriverOptions {
  /** Closed by whoever made it. */
  readonly engine: EngineClient
  readonly installationId: string
  /** Where its small files are; made where it is missing. */
  readonly folder: string
  readonly network: NetworkMode
  readonly readOnlyRoot: boolean
  /** Other engines of the installation, to take images over from; undefined where the settings name none such. */
  readonly engineAt: (url: string) => EngineClient | undefined
  readonly copyImage: CopyImage
  /** The file that a process' output is appended to. */
  readonly logFileOf: (processId: ProcessId) => string
  readonly log: DockerDriverLog
}

export interface DockerDriver extends Driver, Fetcher {
  readonly usage: UsageSource
  readonly preparer: Preparer
}

export interface DockerDriverLog {
  warn(fields: object, message: string): void
}

export function createDockerDriver(options: DockerDriverOptions): DockerDriver {
  const { engine, installationId, folder, network, logFileOf, log } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const signalled = new Set<ProcessId>()
  let lostAt: Instant | null = null
  const changes = createChanges()
  /** Ids of containers of ours that were seen running, so that a signal needs no look. */
  const alive = new Map<ProcessId, string>()
  const ports = createPortNotes(folder)
  const logs = createContainerLogs({ engine, folder, logFileOf })
  const readiness = createReadiness({
    ...{ network, socketsOf: createSocketsOf(engine, network), seen: ports.of, say: logs.say },
    found(processId, seen) {
      ports.write(processId, seen)
      changes.tell(processId)
    },
  })

  /** What is there of a process of ours; undefined when nothing is. */
  async function inspect(nameOrId: string): Promise<Found | undefined> {
    try {
      const path = `/containers/${nameOrId}/json`
      const container = await engine.call<Inspected>({ method: 'GET', path })
      const spec = specIn(container, installationId)
      return spec && { container, spec }
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  /** What runs has its output copied and its port watched for. */
  async function see({ container, spec }: Found): Promise<Observation> {
    const { processId } = spec
    const seen = held.seenAs(container, observationOf(container, spec, ports.of(processId)))
    if (seen.state === 'held') starts.seenHeld({ container, spec })
    if (seen.state === 'starting' || seen.state === 'absent' || seen.state === 'held') return seen
    if (seen.state === 'running') alive.set(processId, container.Id)
    else alive.delete(processId)
    logs.follow(processId, container.Id)
    if (seen.state === 'running' && seen.boundAt === null) {
      await readiness.watch(liveOf({ container, spec }, seen.bootedAt))
      return held.seenAs(container, observationOf(container, spec, ports.of(processId)))
    }
    readiness.forget(processId)
    return seen.state === 'ended' ? { ...seen, exit: await exitOf(container, seen) } : seen
  }

  /** What we asked to end is not asked about again: its exit is no reason of ours. */
  async function exitOf(container: Inspected, seen: EndedObservation): Promise<Exit> {
    const { processId, bootedAt, exit } = seen
    if (signalled.has(processId)) return exit
    const hasBeenAway = lostAt !== null && bootedAt !== null && lostAt >= bootedAt
    const isEnginesDoing = await wasEndedByEngine(engine, container, hasBeenAway)
    return isEnginesDoing ? { kind: 'lost', cause: 'the Docker engine was stopped' } : exit
  }

  const held = createHeldContainers({
    ...{ engine, folder, portOf: ports.of, changeOf: changes.next },
    async look(processId) {
      const found = await inspect(containerName(processId))
      if (found === undefined) return undefined
      const bootedAt = instantOf(found.container.State.StartedAt)
      const isBound = ports.of(processId).boundAt !== null
      if (bootedAt !== null && !isBound && isAlive(found.container.State)) {
        await readiness.watch(liveOf(found, bootedAt))
      }
      return found.container
    },
  })

  const starts = createContainerStarts({
    ...{ held, make, see, changeOf: changes.next },
    inspect: (processId) => inspect(containerName(processId)),
    remove: (containerId) => removeContainer(engine, containerId),
  })

  const usage = createContainerUsage({
    ...{ engine, network },
    async find(processId) {
      const found = await inspect(containerName(processId))
      const bootedAt = found && instantOf(found.container.State.StartedAt)
      if (found === undefined || !isAlive(found.container.State)) return undefined
      return bootedAt == null ? undefined : liveOf(found, bootedAt)
    },
  })

  async function seeAgain(processId: ProcessId): Promise<Observation> {
    const found = await inspect(containerName(processId))
    return found === undefined ? { state: 'absent', processId } : await see(found)
  }

  async function findAll(): Promise<Found[]> {
    const filters = {
      label: [`${labels.installation}=${installationId}`, `${labels.network}=${network}`],
    }
    const there = await engine.call<{ Id: string }[]>({
      ...{ method: 'GET', path: '/containers/json' },
      query: { all: '1', filters: JSON.stringify(filters) },
    })
    const found = await Promise.all(there.map(({ Id }) => inspect(Id)))
    return found.filter((one) => one !== undefined)
  }

  /** What cannot be told of one now is asked again by whoever knows of it. */
  async function list(): Promise<Observation[]> {
    const seen = await Promise.allSettled((await findAll()).map(see))
    return seen.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  }

  const stopListening = listen({
    ...{ engine, label: `${labels.installation}=${installationId}` },
    onEvent({ processId, action }) {
      if (action === 'die') starts.ended(processId)
      changes.tell(processId)
    },
    async onOpen() {
      for (const { spec } of await findAll()) changes.tell(spec.processId)
    },
    onLost(err) {
      lostAt = Date.now()
      log.warn({ engine: engine.url, err }, 'the Docker engine does not answer')
    },
  })

  async function make(
    spec: ProcessSpec,
    given: { readonly signal: AbortSignal; readonly isHeld?: boolean },
  ): Promise<void> {
    const { artifact } = spec
    if (!canStart(artifact)) {
      if (!fetcher.canFetch(artifact)) throw noImage(spec)
      await fetcher.fetch(artifact, given.signal)
    }
    const { readOnlyRoot } = options
    await startContainer({ ...spec, artifact }, { engine, network, readOnlyRoot, ...given })
  }

  const fetcher = createImageFetcher({
    ...{ engine, names: createImageNames(engine, installationId), engineAt: options.engineAt },
    copyImage: options.copyImage,
  })

  const canStart = (artifact: ProcessSpec['artifact']): artifact is ImageArtifact =>
    artifact.kind === 'image' && artifact.engine === engine.url

  return {
    name: 'docker',
    leasesPorts: true,
    bindsLeasedPort: network === 'host',
    startsFrom: 'Dockerfile',
    canStart,
    canFetch: fetcher.canFetch,
    usage,

    start: starts.start,
    preparer: { prepare: starts.prepare },

    async signal(processId, kind) {
      const signal = kind === 'kill' ? 'SIGKILL' : 'SIGTERM'
      const containerId = alive.get(processId)
      if (containerId !== undefined) signalled.add(processId)
      if (containerId !== undefined && (await sendSignal(engine, containerId, signal))) return
      const found = await inspect(containerName(processId))
      if (found === undefined) return
      const { container } = found
      // What was never handed over has no end of its own.
      if (held.isHeld(container)) return await removeContainer(engine, container.Id)
      if (!isAlive(container.State)) {
        if (instantOf(container.State.StartedAt) === null)
          await removeContainer(engine, container.Id)
        return
      }
      signalled.add(processId)
      await sendSignal(engine, container.Id, signal)
    },

    async observe(processId) {
      const just = starts.takeSeen(processId)
      const seen = just === undefined ? await seeAgain(processId) : await see(just)
      // Whoever reads that it has ended finds its whole output in the log.
      if (seen.state === 'ended') await logs.finish(processId)
      // Made and not started, and nobody is about to: it is to be started as one that is not there.
      return seen.state === 'starting' && !starts.isUnderWay(processId)
        ? { state: 'absent', processId }
        : seen
    },

    list,

    watch: changes.watch,

    async remove(processId) {
      readiness.forget(processId)
      const found = await inspect(containerName(processId))
      if (found !== undefined) {
        await removeContainer(engine, found.container.Id)
      }
      signalled.delete(processId)
      usage.forget(processId)
      logs.forget(processId)
      ports.forget(processId)
      held.forget(processId)
      starts.forget(processId)
      alive.delete(processId)
    },

    async close() {
      changes.close()
      readiness.close()
      usage.close()
      fetcher.close()
      await stopListening()
      await logs.close()
    },
  }
}

const liveOf = ({ container: { Id, State }, spec }: Found, bootedAt: Instant): Unbound => ({
  ...{ containerId: Id, pid: State.Pid, spec, bootedAt },
})

/** False where it has ended. */
async function sendSignal(engine: EngineClient, id: string, signal: string): Promise<boolean> {
  try {
    await engine.call({ method: 'POST', path: `/containers/${id}/kill`, query: { signal } })
    return true
  } catch (error) {
    if (!isMissing(error) && !hasStatus(error, 409)) throw error
    return false
  }
}

/** With its volumes. What is gone, or being removed by another, is success. */
async function removeContainer(engine: EngineClient, id: string): Promise<void> {
  try {
    const query = { force: '1', v: '1' }
    await engine.call({ method: 'DELETE', path: `/containers/${id}`, query })
  } catch (error) {
    if (!isMissing(error) && !hasStatus(error, 409)) throw error
  }
}

const noImage = ({ buildId }: ProcessSpec): DriverError =>
  new DriverError(`build ${buildId} has no image on this engine: create another build`, {
    temporary: false,
  })
