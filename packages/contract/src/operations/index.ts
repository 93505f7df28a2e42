/** All operations by id. Router, validation, OpenAPI document and client are made from these. */
import { appsV2 } from './apps-v2.ts'
import { authV1 } from './auth-v1.ts'
import { billingV1 } from './billing-v1.ts'
import { buildsV3 } from './builds-v3.ts'
import { deploymentsV3 } from './deployments-v3.ts'
import { discoveryV2 } from './discovery-v2.ts'
import { appsV1 } from './deprecated/apps-v1.ts'
import { deploymentsV1 } from './deprecated/deployments-v1.ts'
import { deploymentsV2 } from './deprecated/deployments-v2.ts'
import { discoveryV1 } from './deprecated/discovery-v1.ts'
import { buildsV1 } from './deprecated/builds-v1.ts'
import { buildsV2 } from './deprecated/builds-v2.ts'
import { fleetsV1 } from './deprecated/fleets-v1.ts'
import { lobbiesV1 } from './deprecated/lobbies-v1.ts'
import { lobbiesV2 } from './deprecated/lobbies-v2.ts'
import { processesV1 } from './deprecated/processes-v1.ts'
import { processesV2 } from './deprecated/processes-v2.ts'
import { metricsV1 } from './deprecated/metrics-v1.ts'
import { roomsV1 } from './deprecated/rooms-v1.ts'
import { fleetsV2 } from './fleets-v2.ts'
import { hatchery } from './hatchery.ts'
import { hatcheryPeople } from './hatchery-people.ts'
import { lobbiesV3 } from './lobbies-v3.ts'
import { logsV1 } from './logs-v1.ts'
import { managementV1 } from './management-v1.ts'
import { organizationsV1 } from './organizations-v1.ts'
import { nodesV1 } from './nodes-v1.ts'
import { processesV3 } from './processes-v3.ts'
import { roomsV2 } from './rooms-v2.ts'
import { tokensV1 } from './tokens-v1.ts'
import { usage } from './usage.ts'

export const operations = {
  ...processesV3,
  ...appsV2,
  ...buildsV3,
  ...buildsV2,
  ...buildsV1,
  ...deploymentsV3,
  ...roomsV2,
  ...roomsV1,
  ...tokensV1,
  ...organizationsV1,
  ...managementV1,
  ...billingV1,
  ...authV1,
  ...lobbiesV3,
  ...lobbiesV2,
  ...lobbiesV1,
  ...logsV1,
  ...metricsV1,
  ...discoveryV2,
  ...discoveryV1,
  ...processesV2,
  ...processesV1,
  ...appsV1,
  ...deploymentsV2,
  ...deploymentsV1,
  ...fleetsV2,
  ...fleetsV1,
  ...nodesV1,
  ...hatchery,
  ...hatcheryPeople,
  ...usage,
} as const

export type OperationId = keyof typeof operations
export type OperationById<I extends OperationId> = (typeof operations)[I]
