/** Records as the tests of stores need them: everything plausible, only what matters named. */
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../../../src/domain/application.ts'
import type { NewBuild } from '../../../src/domain/build.ts'
import type { Clock } from '../../../src/domain/clock.ts'
import type { NewDeployment } from '../../../src/domain/deployment.ts'
import {
  type OrgToken,
  type Organization,
  newOrganization,
} from '../../../src/domain/organization.ts'
import { type Process, advance } from '../../../src/domain/process.ts'
import type { NewProcess, ProcessQuery, ScheduleDemand, Store } from '../../../src/domain/store.ts'

export const t0 = 1_700_000_000_000
export const hourMs = 3_600_000

/** A clock that stands until it is set. */
export interface StandingClock extends Clock {
  at: number
}

export const standingClock = (): StandingClock => ({
  at: t0,
  now() {
    return this.at
  },
  monotonic: () => performance.now(),
  after: () => () => {},
})

export const anOrganization = (given: Partial<Organization> = {}): Organization => ({
  ...newOrganization({ orgId: 'org-1', name: 'Studio', createdAt: t0 }),
  ...given,
})

export const aToken = (given: Partial<OrgToken> = {}): OrgToken => ({
  orgTokenId: 'token-1',
  orgId: 'org-1',
  name: 'admin',
  hash: 'f'.repeat(64),
  lastFour: 'abcd',
  scopes: 'admin',
  createdAt: t0,
  createdBy: 'first start',
  revokedAt: null,
  ...given,
})

export const anApplication = (given: Partial<Application> = {}): Application => ({
  appId: 'app-1',
  orgId: 'org-1',
  appName: 'arena',
  appSecret: 'secret-of-arena',
  authConfiguration: { anonymous: {} },
  serviceConfig: null,
  createdAt: t0,
  createdBy: 'someone@example.com',
  deletedAt: null,
  deletedBy: null,
  ...given,
})

export const aBuild = (given: Partial<NewBuild> = {}): NewBuild => ({
  buildId: 'bld-1',
  orgId: 'org-1',
  buildTag: 'v1',
  status: 'succeeded',
  source: { kind: 'upload', sizeBytes: 10, partBytes: 5 },
  artifacts: [{ kind: 'folder', contentHash: 'a'.repeat(64), command: './server' }],
  imageSize: 20,
  failure: null,
  createdAt: t0,
  createdBy: 'someone@example.com',
  startedAt: t0,
  finishedAt: t0,
  deletedAt: null,
  ...given,
})

export const aDeployment = (given: Partial<NewDeployment> = {}): NewDeployment => ({
  deploymentId: 'dep-1',
  orgId: 'org-1',
  appId: 'app-1',
  buildId: 'bld-1',
  deploymentTag: null,
  fleetId: null,
  idleTimeoutEnabled: true,
  roomsPerProcess: 4,
  env: [{ name: 'MODE', value: 'duel' }],
  defaultContainerPort: { name: 'default', port: 7777, transportType: 'udp' },
  additionalContainerPorts: [],
  requestedCPU: 0.5,
  requestedMemoryMB: 1024,
  requestedGPU: 0,
  createdAt: t0,
  createdBy: 'someone@example.com',
  ...given,
})

export const aNewProcess = (given: Partial<NewProcess> = {}): NewProcess => ({
  processId: 'process-1',
  orgId: 'org-1',
  appId: 'app-1',
  deploymentId: 'dep-1',
  buildId: 'bld-1',
  region: 'Seattle',
  nodeId: 'node-1',
  roomsPerProcess: 4,
  idleTimeoutEnabled: true,
  cpu: 0.5,
  memoryMb: 1024,
  createdAt: t0,
  ...given,
})

export const aDemand = (given: Partial<ScheduleDemand> = {}): ScheduleDemand => ({
  ports: [{ name: 'default', port: 7777, transportType: 'udp' }],
  range: { from: 20_000, to: 20_009 },
  host: '127.0.0.1',
  avoid: [],
  at: t0 + 1,
  ...given,
})

export const anyProcess = (given: Partial<ProcessQuery> = {}) => ({
  appId: 'app-1',
  statuses: [],
  regions: [],
  before: null,
  ...given,
})

/** Organization, application, build and deployment, each the first of its kind. */
export async function fill(store: Store): Promise<void> {
  await store.insertOrganization(anOrganization(), aToken())
  await store.insertApplication(anApplication())
  await store.insertBuild(aBuild())
  await store.insertDeployment(aDeployment())
}

export const run = (store: Store, processId: string, at = t0 + 2): Promise<Process> =>
  store.changeProcess(processId, (process) => advance({ ...process, bootedAt: at }, 'running', at))

/** Ends it by itself, with exit code 0. */
export const end = (store: Store, processId: string, at = t0 + 3): Promise<Process> =>
  store.changeProcess(processId, (process) =>
    advance(process, process.status === 'starting' ? 'failed' : 'stopped', at, {
      kind: 'code',
      code: 0,
    }),
  )

/** The ids of a page of the list, in its order. */
export const idsOf = ({ records }: { records: string[] }): string[] =>
  records.map((record) => (JSON.parse(record) as { processId: string }).processId)

/** Code and message of a refusal; throws when there is none. */
export async function refusal(call: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error: unknown = await call.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  )
  if (error instanceof HatcheryError) return { code: error.code, message: error.message }
  throw error
}
