/** Runs builds: one job per build, which goes on when its readers leave; its output is a log like a process'. */
import { type Build, buildLogId } from '../domain/build.ts'
import type { Clock } from '../domain/clock.ts'
import {
  type Builder,
  type Built,
  type Driver,
  DriverError,
  canBuild,
  canPull,
} from '../domain/driver.ts'
import type { LogArchive, UploadStore } from '../domain/files.ts'
import type { Log } from '../domain/log.ts'
import type { Regions } from '../domain/region.ts'
import type { RegistryImage } from '../domain/registry-image.ts'
import type { Store } from '../domain/store.ts'

export interface BuildRunnerOptions {
  readonly store: Store
  readonly logs: LogArchive
  readonly uploads: UploadStore
  readonly regions: Regions
  readonly clock: Clock
  readonly log: Log
}

export interface BuildRunner {
  /** Starts it, joins it, or replays it; see `Engine.runBuild`. */
  run(build: Build, signal: AbortSignal, image?: RegistryImage): AsyncIterable<Uint8Array>
  /** Whether a build is under way: what it made may have no record yet. */
  isBusy(): boolean
  /** Builds that a kill of the server cut off end as failed. */
  settleLeftovers(): Promise<void>
  close(): Promise<void>
}

export function createBuildRunner(options: BuildRunnerOptions): BuildRunner {
  const { store, logs, uploads, clock } = options
  const jobs = new Map<string, Promise<void>>()
  const stop = new AbortController()

  function begin(build: Build, image: RegistryImage | undefined): void {
    if (jobs.has(build.buildId) || build.status !== 'created') return
    jobs.set(build.buildId, settle(build, image))
  }

  /** Never rejects: what could not be recorded now is settled by the next start. */
  async function settle(build: Build, image: RegistryImage | undefined): Promise<void> {
    const { buildId } = build
    await work(build, image).catch((err: unknown) =>
      options.log.error({ event: 'build.error', buildId, err }, 'a build could not be recorded'),
    )
    jobs.delete(buildId)
    logs.ended(buildLogId(buildId))
  }

  async function work({ buildId }: Build, image: RegistryImage | undefined): Promise<void> {
    if (!(await markRunning(buildId))) return
    try {
      await make(buildId, image)
    } catch (error) {
      await fail(buildId, causeOf(error))
      if (!(error instanceof DriverError))
        options.log.error({ event: 'build.error', buildId, err: error }, 'a build failed by a bug')
    }
  }

  /** False where it was begun before, by a caller that read it at the same time. */
  async function markRunning(buildId: string): Promise<boolean> {
    const startedAt = clock.now()
    let isNew = false
    await store.changeBuild(buildId, (build) => {
      isNew = build.status === 'created'
      return isNew ? { ...build, status: 'running', startedAt } : build
    })
    return isNew
  }

  async function make(buildId: string, image: RegistryImage | undefined): Promise<void> {
    let said = Promise.resolve()
    const say = (line: string): void =>
      void (said = said.then(() => logs.append(buildLogId(buildId), `${line}\n`)))
    const job = { say, signal: stop.signal }
    const making =
      image === undefined
        ? buildWithAll(options.regions, { ...job, archive: await uploadOf(buildId) })
        : pullWithAll(options.regions, { ...job, image })
    const built = await making.finally(() => said)
    await logs.append(buildLogId(buildId), 'build succeeded\n')
    const sizeBytes = built.reduce((sum, one) => sum + one.sizeBytes, 0)
    await store.changeBuild(buildId, (build) => ({
      ...build,
      status: 'succeeded',
      artifacts: built.map(({ artifact }) => artifact),
      imageSize: sizeBytes,
      finishedAt: clock.now(),
    }))
    await uploads.remove(buildId)
    options.log.info({ event: 'build.succeeded', buildId, sizeBytes }, 'build succeeded')
  }

  async function uploadOf(buildId: string): Promise<string> {
    const upload = await uploads.state(buildId)
    if (!upload.complete) throw new DriverError('its upload is not complete', { temporary: false })
    return upload.path
  }

  async function fail(buildId: string, failure: string): Promise<void> {
    await logs.append(buildLogId(buildId), `error: ${failure}\n`)
    const finishedAt = clock.now()
    await store.changeBuild(buildId, (build) => ({
      ...build,
      status: 'failed',
      failure,
      finishedAt,
    }))
    await uploads.remove(buildId)
    options.log.warn({ event: 'build.failed', buildId, failure }, 'build failed')
  }

  async function isOver(build: Build): Promise<boolean> {
    const current = await store.findBuild(build.orgId, build.buildId)
    return current === undefined || (current.status !== 'created' && current.status !== 'running')
  }

  return {
    run(build, signal, image) {
      begin(build, image)
      return logs.follow(buildLogId(build.buildId), 0, () => isOver(build), signal)
    },
    isBusy: () => jobs.size > 0,
    async settleLeftovers() {
      for (const { buildId } of await store.listRunningBuilds()) {
        await fail(buildId, 'the server was stopped during the build; run it as a new build')
      }
    },
    async close() {
      stop.abort()
      await Promise.all(jobs.values())
    },
  }
}

interface Job {
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/** Each builder makes its own of the archive. One that finds nothing for itself is no failure while another does. */
async function buildWithAll(regions: Regions, job: Job & { archive: string }): Promise<Built[]> {
  const built: Built[] = []
  const nothing: string[] = []
  const builders = buildersOf(regions)
  for (const [builder, { startsFrom, name }] of builders) {
    try {
      built.push(await builder.build(job.archive, job.say, job.signal))
    } catch (error) {
      if (!(error instanceof DriverError && error.nothingToBuild)) throw error
      nothing.push(error.message)
      if (builders.size > 1) job.say(`no ${startsFrom} in it: nothing is built for ${name}`)
    }
  }
  if (built.length > 0) return built
  const none = 'no region of this installation can build from an archive'
  throw new DriverError(nothing.join('; ') || none, { temporary: false })
}

/** Each place gets its own, so that the build runs on all of them. */
async function pullWithAll(
  regions: Regions,
  job: Job & { image: RegistryImage },
): Promise<Built[]> {
  const pullers = [...buildersOf(regions).keys()].filter(canPull)
  const pulled: Built[] = []
  for (const puller of pullers) pulled.push(await puller.pull(job.image, job.say, job.signal))
  if (pulled.length > 0) return pulled
  throw new DriverError('no region of this installation runs images', { temporary: false })
}

/** Several drivers may have one builder. */
const buildersOf = (regions: Regions): Map<Builder, Driver> =>
  new Map(regions.drivers.filter(canBuild).map((driver) => [driver.builder, driver]))

const causeOf = (error: unknown): string =>
  error instanceof DriverError ? error.message : 'an error of the server, written in its log'
