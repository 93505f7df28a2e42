/** The store on one SQLite file. What a unit does stands in `units/`, how units share a commit in `sqlite-runner.ts`. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../domain/clock.ts'
import type { Store } from '../domain/store.ts'
import { storeMigrations } from './migrations/index.ts'
import { migrate } from './migrations/migrate.ts'
import { createRecordCache } from './record-cache.ts'
import { translated } from './sqlite-errors.ts'
import { openSqliteFile } from './sqlite-file.ts'
import { SqliteRunner } from './sqlite-runner.ts'
import type { Unit } from './statements.ts'
import * as applications from './units/applications.ts'
import * as builds from './units/builds.ts'
import * as deployments from './units/deployments.ts'
import { pruneEvents } from './units/events.ts'
import { makeInstallation } from './units/installation.ts'
import * as organizations from './units/organizations.ts'
import { countProcesses } from './units/process-counters.ts'
import { latestProcesses } from './units/process-list.ts'
import * as queries from './units/process-queries.ts'
import * as processes from './units/processes.ts'
import * as retention from './units/retention.ts'

export { StoreLockedError } from './sqlite-file.ts'

export interface SqliteStoreOptions {
  /** Made when it is not there; its folder must be. */
  readonly file: string
  readonly clock: Clock
  /** The id for a database that has none yet; made up where left out. */
  readonly installationId?: string
}

/**
 * Opens the store and brings its schema up to date. Throws a StoreLockedError while another program has it
 * open, and a HatcheryError `unavailable` when a newer version wrote it or its disk fails.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const db = openSqliteFile({ file: options.file, synchronous: 'full' })
  try {
    migrate(db, storeMigrations)
    const runner = new SqliteRunner(db)
    const id = options.installationId ?? randomUUID()
    const installationId = await runner.write(() => makeInstallation(id))
    return {
      installationId,
      ...recordsOn(runner, options.clock),
      ...processesOn(runner, options.clock),
    }
  } catch (error) {
    db.close()
    throw translated(error)
  }
}

/** Removed events per unit, so that none holds the others up for long. */
const eventBatch = 1_000

function recordsOn(runner: SqliteRunner, clock: Clock) {
  const cache = createRecordCache((unit) => runner.read(unit))
  const change = <T>(unit: () => Unit<T>): Promise<T> => cache.changing(runner.write(unit))
  return {
    findFirstOrganization: () => runner.read(organizations.findFirstOrganization()),
    insertOrganization: (organization, token) =>
      change(() => organizations.insertOrganization(organization, token)),
    findTokenByHash: (hash) =>
      cache.find(`token ${hash}`, () => organizations.findTokenByHash(hash)),

    insertApplication: (application) =>
      change(() => applications.insertApplication(application, clock.now())),
    findApplication: (orgId, appId) =>
      cache.find(`application ${orgId} ${appId}`, () => applications.findApplication(orgId, appId)),
    listApplications: (orgId) => runner.read(applications.listApplications(orgId)),
    changeApplication: (orgId, appId, fields) =>
      change(() =>
        applications.changeApplication(orgId, appId, { change: fields, now: clock.now() }),
      ),
    deleteApplication: (orgId, appId, by, at) =>
      change(() => applications.deleteApplication(orgId, appId, { by, at, now: clock.now() })),

    insertBuild: (build) => change(() => builds.insertBuild(build, clock.now())),
    findBuild: (orgId, buildId) =>
      cache.find(`build ${orgId} ${buildId}`, () => builds.findBuild(orgId, buildId)),
    findBuildById: (buildId) => runner.read(builds.findBuildById(buildId)),
    listBuilds: (orgId) => runner.read(builds.listBuilds(orgId)),
    listRunningBuilds: () => runner.read(builds.listRunningBuilds()),
    changeBuild: (buildId, next) => change(() => builds.changeBuild(buildId, next, clock.now())),
    isArtifactUsed: (contentHash) => runner.read(builds.isArtifactUsed(contentHash)),

    insertDeployment: (deployment) =>
      change(() => deployments.insertDeployment(deployment, clock.now())),
    findDeployment: (appId, deploymentId) =>
      cache.find(`deployment ${appId} ${deploymentId}`, () =>
        deployments.findDeployment(appId, deploymentId),
      ),
    findLatestDeployment: (appId) =>
      cache.find(`latest deployment ${appId}`, () => deployments.findLatestDeployment(appId)),
    listDeployments: (query) => runner.read(deployments.listDeployments(query)),
    findLatestDeployments: (appIds) => runner.read(deployments.findLatestDeployments(appIds)),
  } satisfies Partial<Store>
}

function processesOn(runner: SqliteRunner, clock: Clock) {
  return {
    insertProcess: (process, demand) =>
      runner.write(() => processes.insertProcess(process, demand, clock.now())),
    changeProcess: (processId, change) =>
      runner.write(() => processes.changeProcess(processId, change, clock.now())),
    scheduleProcess: (processId, demand) =>
      runner.write(() => processes.scheduleProcess(processId, demand, clock.now())),
    adoptProcess: (process) => runner.write(() => processes.adoptProcess(process, clock.now())),

    findProcess: (appId, processId) => runner.read(queries.findProcess(appId, processId)),
    findProcessById: (processId) => runner.read(queries.findProcessById(processId)),
    listUnfinished: () => runner.read(queries.listUnfinished()),
    listByStatus: (statuses) => runner.read(queries.listByStatus(statuses)),
    countsByStatus: () => runner.read(queries.countsByStatus()),
    latestProcesses: (query) => runner.read(latestProcesses(query)),
    countProcesses: (query) => runner.read(countProcesses(query)),

    removeFinal: (before, limit) => runner.write(() => retention.removeFinal(before, limit)),
    listUncleaned: (before, limit) => runner.read(retention.listUncleaned(before, limit)),
    markCleaned: (processIds) => runner.write(() => retention.markCleaned(processIds)),
    async pruneEvents(before, maxRows) {
      while (await runner.write(() => pruneEvents(before, maxRows, eventBatch)));
    },
    close: async () => runner.close(),
  } satisfies Partial<Store>
}
