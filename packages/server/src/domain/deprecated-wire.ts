/** Our records as the deprecated versions of the API show them: integers for ids of builds and deployments. */
import type {
  Build as WireBuild,
  DeploymentV1,
  DeploymentV2,
  Process as ProcessV1,
  ProcessV2,
  ProcessV3,
} from '@hatchery/contract'
import type { Build } from './build.ts'
import { type Instant, timestamp } from './clock.ts'
import type { Deployment } from './deployment.ts'
import { planFor } from './plan.ts'
import { isFinal } from './process.ts'
import type { MetricSample } from './metric-store.ts'
import { buildV3, deploymentV3 } from './wire.ts'

/** A build as BuildsV1 and V2 show it: it is the organization's, and answered as that of the application asked for. */
export function buildV1(build: Build, appId: string): WireBuild {
  const { buildTag, status, imageSize, createdBy, ...shown } = buildV3(build)
  const { createdAt, startedAt, finishedAt, deletedAt } = shown
  return {
    ...{ buildId: build.number, appId, status, imageSize, createdBy },
    ...(buildTag !== undefined && { buildTag }),
    ...{ createdAt, startedAt, finishedAt, deletedAt },
    regionalContainerTags: [],
  }
}

/** `buildId` is the number of its build. */
export function deploymentV2(deployment: Deployment, buildId: number): DeploymentV2 {
  const { appId, idleTimeoutEnabled, roomsPerProcess, createdAt, createdBy, ...shown } =
    deploymentV3(deployment)
  const { defaultContainerPort, additionalContainerPorts, env } = shown
  const { requestedCPU, requestedMemoryMB } = shown
  return {
    ...{ deploymentId: deployment.number, appId, buildId, createdAt, createdBy },
    ...{ idleTimeoutEnabled, roomsPerProcess, defaultContainerPort, additionalContainerPorts },
    ...{ env, requestedCPU, requestedMemoryMB },
  }
}

/** `buildId` is the number of its build. */
export function deploymentV1(deployment: Deployment, buildId: number): DeploymentV1 {
  const { port, transportType } = deployment.defaultContainerPort
  return {
    ...deploymentV2(deployment, buildId),
    ...{ planName: planFor(deployment), containerPort: port, transportType },
  }
}

/** `deploymentId` is the number of its deployment. */
export function processV2(process: ProcessV3, deploymentId: number): ProcessV2 {
  const { appId, processId, region, status, roomsPerProcess, roomsAllocated } = process
  const { createdAt, startedAt, stoppingAt, terminatedAt } = process
  const { exposedPort, additionalExposedPorts } = process
  return {
    ...{ appId, processId, deploymentId, region, status, roomsPerProcess, roomsAllocated },
    ...{ createdAt, startedAt, stoppingAt, terminatedAt, exposedPort, additionalExposedPorts },
  }
}

/** What ProcessesV1 shows beside the record. */
export interface ProcessFigures {
  /** The number of its deployment. */
  readonly deploymentId: number
  /** The last measurement there is. */
  readonly sample: MetricSample | undefined
  readonly idleSince: Instant | null
  readonly now: Instant
}

/** Of one that is final nothing changes any more: its figures are as of its end. */
export function processV1(process: ProcessV3, figures: ProcessFigures): ProcessV1 {
  const { createdAt, status, ...shown } = processV2(process, figures.deploymentId)
  const { roomsPerProcess, roomsAllocated, exposedPort } = shown
  const takesRooms = status === 'starting' || status === 'running'
  const asOf = process.terminatedAt ?? timestamp(figures.now)
  return {
    ...shown,
    ...connectionsV1(process, figures, asOf),
    startingAt: createdAt,
    draining: status === 'draining',
    egressedBytes: figures.sample?.totalEgress ?? 0,
    roomsAllocatedUpdatedAt: asOf,
    roomSlotsAvailable: takesRooms ? roomsPerProcess - roomsAllocated : 0,
    roomSlotsAvailableUpdatedAt: asOf,
    idleSince:
      status === 'running' && figures.idleSince !== null ? timestamp(figures.idleSince) : null,
    host: exposedPort?.host ?? '',
    port: exposedPort?.port ?? 0,
  }
}

function connectionsV1({ status }: ProcessV3, { sample }: ProcessFigures, asOf: string) {
  const count = isFinal(status) ? null : (sample?.activeConnections ?? null)
  return count === null || sample === undefined
    ? { activeConnections: 0, activeConnectionsUpdatedAt: asOf }
    : { activeConnections: count, activeConnectionsUpdatedAt: timestamp(sample.at) }
}
