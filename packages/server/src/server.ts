/** The composition root: makes every part, ties them together, and ends them in the right order. */
import { randomUUID } from 'node:crypto'
import { createGoogleIdentities } from './api/auth-v1/google-identity.ts'
import type { Services } from './api/context.ts'
import { handlers } from './api/handlers.ts'
import { eventFrame } from './api/hatchery/event-frame.ts'
import { allowedNames } from './api/hosts.ts'
import { startUdpEcho } from './api/ping/udp-echo.ts'
import { createMailLimits } from './api/mail-limits.ts'
import { createPlayerTokens } from './api/player-token.ts'
import { createProcessTokens } from './api/process-token.ts'
import { createRateLimits } from './api/rate-limits.ts'
import { type Api, createApi } from './api/router.ts'
import { createRegistryCheck } from './api/registry-hosts.ts'
import { createBalancer } from './balancer/index.ts'
import { createBackups } from './composition/backup/backups.ts'
import { balancerOptions } from './composition/balancer-options.ts'
import { type DataFolder, openDataFolder } from './composition/data-folder.ts'
import { type DiskGuard, createDiskGuard } from './composition/disk-guard.ts'
import { createDiskWatch } from './composition/disk-watch.ts'
import { createDrivers } from './composition/drivers.ts'
import { engineTimes } from './composition/engine-times.ts'
import { ensureFleets } from './composition/ensure-fleets.ts'
import { ensureOrganization } from './composition/first-start.ts'
import { createMailer } from './composition/mailer.ts'
import { type Stores, openStores } from './composition/open-stores.ts'
import { keepPrices } from './composition/price-list.ts'
import { warmCounts } from './composition/warm-counts.ts'
import { defaultPublicHost } from './composition/public-host.ts'
import { regionsFrom } from './composition/regions.ts'
import { rememberNodes } from './composition/remember-nodes.ts'
import { type Config, isLoopback } from './config.ts'
import { type Clock, systemClock, timestamp } from './domain/clock.ts'
import type { NodeSettings } from './config/nodes.ts'
import type { Driver } from './domain/driver.ts'
import type { Log } from './domain/log.ts'
import { createEventFeed } from './engine/event-feed.ts'
import { createEngine } from './engine/index.ts'

export interface ServerOptions {
  readonly config: Config
  readonly version: string
  readonly log: Log
  readonly clock?: Clock
  /** In place of the drivers that the settings name, for tests and measurements. */
  readonly driver?: Driver
  /** Holds each answer against its schema, for tests. */
  readonly checkAnswers?: boolean
  /** The launcher's file, where it is not beside its source. */
  readonly launcherEntry?: string
}

export interface Server {
  /** Where it listens, as a URL without a path. */
  readonly address: string
  readonly port: number
  readonly tokenFile: string
  readonly firstStart: boolean
  /** Runs that were found alive at the start. */
  readonly adopted: number
  /** Resolves when nothing is under way: every process that needs a look had it, and every round is over. */
  settled(): Promise<void>
  /** Stops the server, never the games. */
  close(): Promise<void>
}

const maxMemoryMb = 8_192
const megabyte = 1_048_576

/** Of an upload: their list, sent in one body of at most 1 MB to complete it, must hold them all. */
const mostParts = 8_000

/** Rejects with a HatcheryError that says why; with an AlreadyRunningError when another server uses the data folder. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { config, log, version } = options
  const clock = options.clock ?? systemClock
  await using parts = new AsyncDisposableStack()
  const folder = openDataFolder(config.data)
  const stores = await openStores({ folder, config, clock })
  parts.defer(stores.close)
  const disk = createDiskGuard(config.data, config.disk.minFreeMb, clock)
  const watch = createDiskWatch({
    ...{ root: config.data, guard: disk, clock, log },
    cutLogs: () => engine.trimLogs(),
  })
  parts.defer(watch.close)
  const firstStart = await ensureFirstToken(stores, folder, { config, clock })
  await keepPrices(stores.store, config, clock)
  const { installationId } = stores.store
  folder.writeInstallation({ installationId, running: null })
  const { driver, launcherEntry } = options
  const drivers = createDrivers({ folder, config, log, installationId, launcherEntry })
  parts.defer(() => driver?.close())
  parts.defer(drivers.close)
  const publicHost = config.publicHost ?? defaultPublicHost(config.host)
  const formerNodes = await rememberNodes({ folder, config, log, store: stores.store })
  const driverOf = (node: NodeSettings): Driver => driver ?? drivers.of(node)
  const regions = regionsFrom({ config, driverOf, formerNodes })
  await ensureFleets({ store: stores.store, regions, uuid: randomUUID, now: clock.now() })
  const backups = createBackups({
    ...{ folder, ...stores, clock, version, assertDiskSpace: disk.assertSpace },
  })
  parts.defer(backups.close)
  const processTokens = createProcessTokens(folder.uploadKey)
  let port = config.port
  // Port 0 is any free one, which is known once it listens.
  const apiUrl = (): string | null =>
    config.publicUrl ?? (port === 0 ? null : addressOf(config.host, port))
  const balancer = createBalancer(
    balancerOptions(config, { store: stores.store, clock, log, processTokens }),
  )
  const engine = createEngine({
    balancer,
    ownApi: { url: apiUrl, tokenOf: processTokens.tokenOf },
    ...{ ...stores, regions, clock, log, uuid: randomUUID, ...engineTimes(config) },
    warmCount: warmCounts(config),
    areArtifactsHeld: backups.isUnderWay,
    isDiskLow: disk.isLow,
  })
  parts.defer(engine.close)
  const adopted = await engine.start()
  watch.begin()
  const mailer = createMailer(config.mail, log)
  parts.defer(mailer.close)
  parts.defer(balancer.close)
  await balancer.start()
  const api = await openApi(options, disk, {
    ...{
      ...stores,
      backups,
      processTokens,
      engine,
      balancer,
      regions,
      clock,
      log,
      uuid: randomUUID,
      maxMemoryMb,
    },
    events: createEventFeed({ store: stores.store, encode: eventFrame }),
    playerTokens: createPlayerTokens(clock),
    lobbiesPerHour: config.lobbies.mostPerHour,
    logRetentionHours: config.retention.logHours,
    mailer,
    mailLimits: createMailLimits(config.rateLimits.failedLoginsPerMinute, clock.monotonic),
    mailBaseUrl: config.publicUrl ?? '',
    googleIdentities: createGoogleIdentities(config.google, clock),
    uploadKey: folder.uploadKey,
    buildLimits: buildLimits(config),
    strictClientIps: config.strictClientIps,
    ping: { host: publicHost, port: () => port },
    assertRegistry: createRegistryCheck(config.containers.allowedRegistries),
    assertDiskSpace: disk.assertSpace,
  })
  parts.defer(api.close)
  port = await api.listen(config.host, config.port)
  if (config.discovery.udpEcho) {
    const echo = await startUdpEcho(config.host, port, clock.monotonic)
    parts.defer(echo.close)
  }
  const address = addressOf(config.host, port)
  const running = { pid: process.pid, startedAt: timestamp(clock.now()), address }
  folder.writeInstallation({ installationId, running })
  parts.defer(() => folder.writeInstallation({ installationId, running: null }))
  log.info(
    { event: 'server.ready', address, version, adopted, data: config.data, regions: regions.names },
    'ready',
  )
  // Ended in reverse order: nobody can ask, then nothing happens by itself, then nothing is written.
  const opened = parts.move()
  return {
    ...{ address, port, firstStart, adopted, tokenFile: folder.tokenFile },
    settled: engine.settled,
    close: async () => await opened.disposeAsync(),
  }
}

const ensureFirstToken = (
  { store }: Stores,
  folder: DataFolder,
  { config, clock }: { config: Config; clock: Clock },
): Promise<boolean> =>
  ensureOrganization({
    ...{ store, folder, adminToken: config.adminToken, uuid: randomUUID },
    now: clock.now(),
  })

function openApi(options: ServerOptions, disk: DiskGuard, services: Services): Promise<Api> {
  const { config, log, version, checkAnswers } = options
  return createApi({
    ...{ services, handlers, log, version, uuid: randomUUID },
    hosts: {
      loopback: isLoopback(config.host),
      allowed: allowedNames(config.allowedHosts, config.publicUrl),
    },
    publicUrl: config.publicUrl ?? null,
    trustProxy: config.trustProxy,
    arriveWithinMs: config.requests.arriveWithinSeconds * 1_000,
    rateLimits: createRateLimits(config.rateLimits, services.clock.monotonic),
    checkAnswers: checkAnswers ?? false,
    health() {
      const problem = disk.problem()
      return { ok: problem === null, problems: problem === null ? [] : [problem] }
    },
  })
}

const buildLimits = ({ builds }: Config): Services['buildLimits'] => ({
  partBytes: builds.partMb * megabyte,
  maxBytes: Math.min(builds.maxGb * 1_024, builds.partMb * mostParts) * megabyte,
})

function addressOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}
