/** Our records as the API shows them. */
import type {
  Application as WireApplication,
  BuildV3,
  DeploymentV3,
  ExposedPort,
  FleetV2,
  LobbyV3,
  OrgMember,
  OrgView,
  OrgToken as WireToken,
  PendingOrgInvite,
  ProcessV3,
  RoomView,
} from '@hatchery/contract'
import type { Application } from './application.ts'
import type { Build } from './build.ts'
import { type Instant, timestamp } from './clock.ts'
import type { Deployment } from './deployment.ts'
import type { Fleet } from './fleet.ts'
import type { Lobby } from './lobby.ts'
import type { OrgToken, Organization } from './organization.ts'
import type { Grant, Invite, Member, Standing } from './person.ts'
import { shapeIdOf } from './node-shape.ts'
import { type LeasedPort, type Process, isFinal } from './process.ts'
import type { Room } from './room.ts'

const orNull = (at: Instant | null): string | null => (at === null ? null : timestamp(at))

export const exposed = (port: LeasedPort): ExposedPort => ({
  name: port.name,
  host: port.host,
  port: port.port,
  transportType: port.transport,
})

/** A process as ProcessV3. A final one shows no ports: their numbers may be another's by now. */
export function processV3(process: Process): ProcessV3 {
  const [defaultPort, ...others] = isFinal(process.status) ? [] : process.ports
  return {
    appId: process.appId,
    processId: process.processId,
    deploymentId: process.deploymentId,
    ...(process.fleetId !== null && { fleetId: process.fleetId }),
    region: process.region,
    status: process.status,
    roomsPerProcess: process.roomsPerProcess,
    roomsAllocated: process.roomsAllocated,
    createdAt: timestamp(process.createdAt),
    scheduledAt: orNull(process.scheduledAt),
    bootedAt: orNull(process.bootedAt),
    startedAt: orNull(process.startedAt),
    stoppingAt: orNull(process.stoppingAt),
    terminatedAt: orNull(process.terminatedAt),
    exposedPort: defaultPort === undefined ? null : exposed(defaultPort),
    additionalExposedPorts: others.map(exposed),
    ...(process.exitReason !== null && { summaryExitReason: process.exitReason }),
  }
}

/** A room in one line: our own view, and what followers of changes are told. */
export const roomView = ({
  roomId,
  region,
  status,
  roomConfig,
  stay,
  createdAt,
}: Room): RoomView => ({
  ...{ roomId, region, status, roomConfig },
  processId: stay?.processId ?? null,
  createdAt: timestamp(createdAt),
})

export const lobbyV3 = ({ room, visibility, region, shortCode, createdBy }: Lobby): LobbyV3 => ({
  ...{ appId: room.appId, roomId: room.roomId, roomConfig: room.roomConfig },
  ...{ visibility, region, shortCode, createdBy },
  createdAt: timestamp(room.createdAt),
})

export function applicationRecord(application: Application): WireApplication {
  const {
    appId,
    orgId,
    appName,
    appSecret,
    authConfiguration,
    serviceConfig,
    createdBy,
    deletedBy,
  } = application
  return {
    ...{ appId, orgId, appName, appSecret, authConfiguration, serviceConfig, createdBy, deletedBy },
    createdAt: timestamp(application.createdAt),
    deletedAt: orNull(application.deletedAt),
  }
}

/** Without the secret, and without its hash. */
export function orgTokenRecord(token: OrgToken): WireToken {
  const { orgTokenId, orgId, name, lastFour, createdBy, scopes } = token
  return {
    ...{ orgTokenId, orgId, name, createdBy },
    status: token.revokedAt === null ? 'active' : 'revoked',
    lastFourCharsOfKey: lastFour,
    createdAt: timestamp(token.createdAt),
    scopes: scopes === 'admin' ? scopes : [...scopes],
  }
}

export function buildV3(build: Build): BuildV3 {
  const { buildId, orgId, status, imageSize, createdBy } = build
  const [firstArtifact] = build.artifacts
  return {
    ...{ buildId, orgId, status, imageSize, createdBy },
    ...(build.buildTag !== null && { buildTag: build.buildTag }),
    ...(firstArtifact !== undefined && { contentHash: firstArtifact.contentHash }),
    createdAt: timestamp(build.createdAt),
    startedAt: orNull(build.startedAt),
    finishedAt: orNull(build.finishedAt),
    deletedAt: orNull(build.deletedAt),
  }
}

export function deploymentV3(deployment: Deployment): DeploymentV3 {
  const { deploymentId, appId, buildId, buildTag, deploymentTag, fleetId } = deployment
  const { idleTimeoutEnabled, roomsPerProcess, defaultContainerPort, requestedGPU } = deployment
  const { requestedCPU, requestedMemoryMB, createdBy } = deployment
  return {
    ...{ deploymentId, appId, buildId, idleTimeoutEnabled, roomsPerProcess, defaultContainerPort },
    ...{ requestedCPU, requestedMemoryMB, requestedGPU, createdBy },
    experimentalRequestedGPU: requestedGPU,
    createdAt: timestamp(deployment.createdAt),
    env: [...deployment.env],
    additionalContainerPorts: [...deployment.additionalContainerPorts],
    ...(buildTag !== null && { buildTag }),
    ...(deploymentTag !== null && { deploymentTag }),
    ...(fleetId !== null && { fleetId }),
  }
}

const grantRecord = (grant: Grant): PendingOrgInvite['scopes'] =>
  typeof grant === 'string' ? grant : [...grant]

export const inviteRecord = (invite: Invite): PendingOrgInvite => ({
  orgId: invite.orgId,
  userEmail: invite.userEmail,
  scopes: grantRecord(invite.scopes),
  invitedBy: invite.invitedBy,
  createdAt: timestamp(invite.createdAt),
})

export const memberRecord = (member: Member): OrgMember => ({
  ...inviteRecord(member),
  joinedAt: timestamp(member.joinedAt),
  ...(member.lastLogin !== null && { lastLogin: timestamp(member.lastLogin) }),
})

/** What followers of changes are told of a person. */
export const personRecord = ({ kind, person }: Standing): PendingOrgInvite | OrgMember =>
  kind === 'joined' ? memberRecord(person) : inviteRecord(person)

/** An organization as operators see it. */
export const orgView = (organization: Organization): OrgView => ({
  orgId: organization.orgId,
  name: organization.name,
  concurrentProcessVcpusLimit: organization.concurrentVcpusLimit,
  monthlyProcessVcpuHoursLimit: organization.monthlyVcpuHoursLimit,
  createdAt: timestamp(organization.createdAt),
})
export function fleetV2(fleet: Fleet): FleetV2 {
  const { fleetId, orgId, name, nodeShape, scaleUpThreshold } = fleet
  return {
    ...{ fleetId, orgId, name, nodeShapeId: shapeIdOf(nodeShape) },
    ...(scaleUpThreshold !== null && { autoscalerConfig: { scaleUpThreshold } }),
  }
}
