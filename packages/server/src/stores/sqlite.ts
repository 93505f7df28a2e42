/** The store on one SQLite file. What a unit does stands in `units/`, how units share a commit in `sqlite-runner.ts`. */
import { randomUUID } from 'node:crypto'
import type { Copyable } from '../domain/backup.ts'
import type { Clock } from '../domain/clock.ts'
import type { Process } from '../domain/process.ts'
import type { Store, PlacedRoom, ProcessQuery } from '../domain/store.ts'
import { createFileCopier } from './copy-file.ts'
import { type AnswerCache, createAnswerCache } from './answer-cache.ts'
import { storeMigrations } from './migrations/index.ts'
import { migrate } from './migrations/migrate.ts'
import { createRecordCache } from './record-cache.ts'
import { translated } from './sqlite-errors.ts'
import { openSqliteFile } from './sqlite-file.ts'
import { SqliteRunner } from './sqlite-runner.ts'
import type { Unit } from './statements.ts'
import * as applications from './units/applications.ts'
import * as balancerPorts from './units/balancer-ports.ts'
import * as builds from './units/builds.ts'
import * as deployments from './units/deployments.ts'
import * as events from './units/events.ts'
import * as fleets from './units/fleets.ts'
import { makeInstallation } from './units/installation.ts'
import * as lobbies from './units/lobbies.ts'
import * as organizations from './units/organizations.ts'
import { findPeakVcpus } from './units/organization-loads.ts'
import { keepPriceList, listPriceLists } from './units/price-lists.ts'
import { countProcesses } from './units/process-counters.ts'
import { latestProcesses } from './units/process-list.ts'
import * as queries from './units/process-queries.ts'
import * as nodes from './units/node-loads.ts'
import { placeProcess, removeOldKeys } from './units/process-placement.ts'
import * as processes from './units/processes.ts'
import * as retention from './units/retention.ts'
import * as roomQueries from './units/room-queries.ts'
import * as rooms from './units/rooms.ts'
import * as people from './units/people.ts'
import * as tokens from './units/tokens.ts'
import * as usage from './units/usage.ts'
import * as warmRuns from './units/warm-runs.ts'

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
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store & Copyable> {
  const db = openSqliteFile({ file: options.file, synchronous: 'full' })
  try {
    migrate(db, storeMigrations)
    const runner = new SqliteRunner(db)
    const copier = createFileCopier(db, options.file)
    const answers = createAnswerCache()
    const id = options.installationId ?? randomUUID()
    const installationId = await runner.write(() => makeInstallation(id))
    return {
      installationId,
      ...recordsOn(runner, options.clock),
      ...processesOn(runner, options.clock, answers),
      ...roomsOn(runner, options.clock, answers),
      ...usageOn(runner, options.clock),
      copyTo: copier.copyTo,
      async close() {
        runner.close()
        copier.close()
      },
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
    findFirstOrganization: () =>
      cache.find('first organization', () => organizations.findFirstOrganization()),
    findOrganization: (orgId) =>
      cache.find(`organization ${orgId}`, () => organizations.findOrganization(orgId)),
    changeOrganization: (orgId, given) =>
      change(() => organizations.changeOrganization(orgId, given)),
    insertOrganization: (organization, token) =>
      change(() => organizations.insertOrganization(organization, token)),
    listOrganizations: () => runner.read(organizations.listOrganizations()),
    insertToken: (token) => change(() => tokens.insertToken(token, clock.now())),
    findTokenByHash: (hash) => cache.find(`token ${hash}`, () => tokens.findTokenByHash(hash)),
    listTokens: (orgId) => runner.read(tokens.listTokens(orgId)),
    revokeToken: (orgId, orgTokenId, at) =>
      change(() => tokens.revokeToken(orgId, orgTokenId, { at, now: clock.now() })),

    findStanding: (orgId, userEmail) =>
      cache.find(`standing ${orgId} ${userEmail}`, () => people.findStanding(orgId, userEmail)),
    listStandings: (userEmail) => runner.read(people.listStandings(userEmail)),
    listInvites: (orgId) => runner.read(people.listInvites(orgId)),
    listMembers: (orgId) => runner.read(people.listMembers(orgId)),
    insertInvite: (invite) => change(() => people.insertInvite(invite, clock.now())),
    changeInvite: (orgId, userEmail, granted) =>
      change(() => people.changeInvite(orgId, userEmail, { scopes: granted, now: clock.now() })),
    acceptInvite: (orgId, userEmail, at) =>
      change(() => people.acceptInvite(orgId, userEmail, { at, now: clock.now() })),
    changeMember: (orgId, userEmail, granted) =>
      change(() => people.changeMember(orgId, userEmail, { scopes: granted, now: clock.now() })),
    removePerson: (leaving) => change(() => people.removePerson(leaving, clock.now())),
    insertPersonalToken: (token) => change(() => people.insertPersonalToken(token, clock.now())),
    recordLogin: (token, at) => change(() => people.recordLogin(token, at)),
    insertFleet: (fleet) => change(() => fleets.insertFleet(fleet, clock.now())),
    findFleet: (orgId, fleetId) =>
      cache.find(`fleet ${orgId} ${fleetId}`, () => fleets.findFleet(orgId, fleetId)),
    listFleets: (orgId) => runner.read(fleets.listFleets(orgId)),
    listAllFleets: () => runner.read(fleets.listAllFleets()),
    changeFleet: (orgId, fleetId, next) =>
      change(() => fleets.changeFleet(orgId, fleetId, { change: next, now: clock.now() })),
    listOrganizationsWithoutFleet: () => runner.read(fleets.listOrganizationsWithoutFleet()),
    insertDefaultFleet: (fleet) => change(() => fleets.insertDefaultFleet(fleet, clock.now())),
    listFleetLoads: () => runner.read(fleets.listFleetLoads()),

    insertApplication: (application) =>
      change(() => applications.insertApplication(application, clock.now())),
    findApplication: (orgId, appId) =>
      cache.find(`application ${orgId} ${appId}`, () => applications.findApplication(orgId, appId)),
    findOpenApplication: (appId) =>
      cache.find(`open application ${appId}`, () => applications.findOpenApplication(appId)),
    listApplications: (orgId) => runner.read(applications.listApplications(orgId)),
    listAllApplications: () => runner.read(applications.listAllApplications()),
    changeApplication: (orgId, appId, fields) =>
      change(() =>
        applications.changeApplication(orgId, appId, { change: fields, now: clock.now() }),
      ),
    deleteApplication: (orgId, appId, by, at) =>
      change(() => applications.deleteApplication(orgId, appId, { by, at, now: clock.now() })),
    leaseBalancerPort: (appId, demand) =>
      runner.write(() => balancerPorts.leaseBalancerPort(appId, demand)),

    insertBuild: (build) => change(() => builds.insertBuild(build, clock.now())),
    findBuild: (orgId, buildId) =>
      cache.find(`build ${orgId} ${buildId}`, () => builds.findBuild(orgId, buildId)),
    findBuildByNumber: (orgId, number) => runner.read(builds.findBuildByNumber(orgId, number)),
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
    findDeploymentByNumber: (appId, number) =>
      cache.find(`deployment ${appId} number ${number}`, () =>
        deployments.findDeploymentByNumber(appId, number),
      ),
    findLatestDeployment: (appId) =>
      cache.find(`latest deployment ${appId}`, () => deployments.findLatestDeployment(appId)),
    listDeployments: (query) => runner.read(deployments.listDeployments(query)),
    findLatestDeployments: (appIds) => runner.read(deployments.findLatestDeployments(appIds)),
  } satisfies Partial<Store>
}

const ofApplication = (process: Process | undefined): string | undefined => process?.appId

function processesOn(runner: SqliteRunner, clock: Clock, answers: AnswerCache) {
  const change = <T extends Process | undefined>(unit: () => Unit<T>): Promise<T> =>
    answers.touching(runner.write(unit), ofApplication)
  return {
    insertProcess: (process, demand) =>
      change(() => processes.insertProcess(process, demand, clock.now())),
    placeProcess: (request, places) => change(() => placeProcess(request, places, clock.now())),
    changeProcess: (processId, next) =>
      change(() => processes.changeProcess(processId, next, clock.now())),
    drainProcess: (processId, order) =>
      change(() => processes.drainProcess(processId, order, clock.now())),
    scheduleProcess: (processId, demand) =>
      change(() => processes.scheduleProcess(processId, demand, clock.now())),
    adoptProcess: (process) =>
      answers.clearing(runner.write(() => processes.adoptProcess(process, clock.now()))),

    findProcess: (appId, processId) => runner.read(queries.findProcess(appId, processId)),
    findProcessById: (processId) => runner.read(queries.findProcessById(processId)),
    listUnfinished: () => runner.read(queries.listUnfinished()),
    listUnfinishedIn: (appId, region) => runner.read(queries.listUnfinishedIn(appId, region)),
    listByStatus: (statuses) => runner.read(queries.listByStatus(statuses)),
    countsByStatus: () => runner.read(queries.countsByStatus()),
    latestProcesses: (query) =>
      answers.find(query.appId, `latest ${keyOf(query)} ${query.limit} ${query.cursor}`, () =>
        runner.read(latestProcesses(query)),
      ),
    countProcesses: (query) =>
      answers.find(query.appId, `count ${keyOf(query)}`, () => runner.read(countProcesses(query))),

    removeFinal: (before, limit) =>
      answers.clearing(runner.write(() => retention.removeFinal(before, limit))),
    listUncleaned: (before, limit) => runner.read(retention.listUncleaned(before, limit)),
    markCleaned: (processIds) => runner.write(() => retention.markCleaned(processIds)),
    listEvents: (after, limit) => runner.read(events.listEvents(after, limit)),
    findEventRange: () => runner.read(events.findEventRange()),
    watchCommits: (onCommit) => runner.watchCommits(onCommit),
    async pruneEvents(before, maxRows) {
      while (await runner.write(() => events.pruneEvents(before, maxRows, eventBatch)));
    },
  } satisfies Partial<Store>
}

const keyOf = ({ statuses, regions, before }: ProcessQuery): string =>
  `${statuses.join()} ${regions.join()} ${before}`

function roomsOn(runner: SqliteRunner, clock: Clock, answers: AnswerCache) {
  const placing = <T extends PlacedRoom>(unit: () => Unit<T>): Promise<T> =>
    answers.touching(runner.write(unit), ({ process }) => process.appId)
  return {
    createRoom: (room, process, places) =>
      placing(() => rooms.createRoom(room, { process, places, now: clock.now() })),
    resumeRoom: (room, process, places) =>
      placing(() => rooms.resumeRoom(room, { process, places, now: clock.now() })),
    releaseRoom: (release) =>
      answers.touching(
        runner.write(() => rooms.releaseRoom(release, clock.now())),
        ofApplication,
      ),
    changeRoomConfig: (appId, roomId, roomConfig) =>
      answers.touching(
        runner.write(() => rooms.changeRoomConfig({ appId, roomId, roomConfig }, clock.now())),
        (room) => room.appId,
      ),
    findRoom: (appId, roomId) => runner.read(roomQueries.findRoom(appId, roomId)),
    findOpenRoom: (appId, roomId) => runner.read(roomQueries.findOpenRoom(appId, roomId)),
    listRoomStays: (room) => runner.read(roomQueries.listRoomStays(room)),
    listRoomsOn: (processId) => runner.read(roomQueries.listRoomsOn(processId)),
    listRoomsThatLeft: (processId) => runner.read(roomQueries.listRoomsThatLeft(processId)),
    listRooms: (appId, limit) => runner.read(roomQueries.listRooms(appId, limit)),
    removeEndedRooms: (before, limit) =>
      runner.write(() => roomQueries.removeEndedRooms(before, limit)),
    createLobby: (lobby, process, places) =>
      placing(() => lobbies.createLobby(lobby, { process, places, now: clock.now() })),
    setLobbyState: (appId, roomId, state) =>
      answers.touching(
        runner.write(() => lobbies.setLobbyState({ appId, roomId, state }, clock.now())),
        ({ room }) => room.appId,
      ),
    findLobby: (appId, roomId) => runner.read(lobbies.findLobby(appId, roomId)),
    findLobbyByCode: (appId, shortCode) => runner.read(lobbies.findLobbyByCode(appId, shortCode)),
    listLobbies: (query) =>
      answers.find(query.appId, `lobbies ${query.visibility} ${query.region} ${query.limit}`, () =>
        runner.read(lobbies.listLobbies(query)),
      ),
    removeOldKeys: (before) => runner.write(() => removeOldKeys(before)),

    planWarmRun: (order) => runner.write(() => warmRuns.planWarmRun(order)),
    offerWarmRun: (processId) => runner.write(() => warmRuns.offerWarmRun(processId)),
    withdrawWarmRun: (processId) => runner.write(() => warmRuns.withdrawWarmRun(processId)),
    removeWarmRun: (processId) =>
      runner.write(() => warmRuns.removeWarmRun(processId, clock.now())),
    listWarmRuns: () => runner.read(warmRuns.listWarmRuns()),

    listNodeLoads: () => runner.read(nodes.listNodeLoads()),
    noteNodes: (nodeIds, at) => runner.write(() => nodes.noteNodes(nodeIds, at)),
    setNodeDraining: (nodeId, isDraining) =>
      runner.write(() => nodes.setNodeDraining(nodeId, isDraining)),
  } satisfies Partial<Store>
}

function usageOn(runner: SqliteRunner, clock: Clock) {
  return {
    listUsage: (query) => runner.read(usage.listUsage(query, clock.now())),
    findMonthVcpuHours: (orgId) => runner.read(usage.findMonthVcpuHours(orgId, clock.now())),
    findPeakVcpus: (orgId) => runner.read(findPeakVcpus(orgId, clock.now())),
    countEgress: (measured) => runner.write(() => usage.countEgress(measured, clock.now())),
    keepPriceList: (list) => runner.write(() => keepPriceList(list)),
    listPriceLists: () => runner.read(listPriceLists()),
  } satisfies Partial<Store>
}
