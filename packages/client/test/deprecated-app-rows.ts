/** Applications, deployments and processes as the older versions have them. */
import type { Row } from './official-row.ts'
import { json } from './recorder.ts'
import { application, build, deployment, processRecord, room } from './samples.ts'

const { orgId: _, ...ofNoOrganization } = build
const oldBuild = {
  ...ofNoOrganization,
  ...{ buildId: 7, appId: 'app-1', regionalContainerTags: [], buildTag: null },
}
const deploymentV2 = { ...deployment, deploymentId: 3, buildId: 7 }
const deploymentV1 = {
  ...deploymentV2,
  ...{ planName: 'tiny', containerPort: 7777, transportType: 'udp' },
}
const run = {
  ...{ roomsPerProcess: 3, containerPort: 7777, idleTimeoutEnabled: false },
  transportType: 'udp',
  env: [{ name: 'EULA', value: 'TRUE' }],
} as const
const resources = { requestedCPU: 0.5, requestedMemoryMB: 1024 }
const createApp = { appName: 'minecraft', authConfiguration: { anonymous: {} } }

const { scheduledAt: _scheduled, bootedAt: _booted, ...sameInV2 } = processRecord
const processV2 = { ...sameInV2, deploymentId: 3 }
const { status: _status, createdAt: startingAt, ...sameInV1 } = processV2
const now = '2026-01-05T11:00:00.000Z'
const processV1 = {
  ...sameInV1,
  ...{ startingAt, draining: false, egressedBytes: 435, idleSince: null },
  ...{ roomsAllocatedUpdatedAt: now, roomSlotsAvailable: 2, roomSlotsAvailableUpdatedAt: now },
  ...{ activeConnections: 10, activeConnectionsUpdatedAt: now, host: '127.0.0.1', port: 34567 },
}

export const deprecatedAppRows: readonly Row[] = [
  {
    id: 'GetAppsV1Deprecated',
    ours: (c) => c.appsV1.getAppsV1Deprecated(),
    theirs: (c) => c.appsV1.getAppsV1Deprecated(),
    answer: json(200, [
      application,
      { ...application, deployment: { ...deploymentV2, build: oldBuild } },
    ]),
  },
  {
    id: 'CreateAppV1Deprecated',
    ours: (c) => c.appsV1.createAppV1Deprecated(createApp),
    theirs: (c) => c.appsV1.createAppV1Deprecated(createApp),
    answer: json(201, { ...application, serviceConfig: null }),
  },
  {
    id: 'GetAppInfoV1Deprecated',
    ours: (c) => c.appsV1.getAppInfoV1Deprecated('app-2'),
    theirs: (c) => c.appsV1.getAppInfoV1Deprecated('app-2'),
    answer: json(200, application),
  },
  {
    id: 'UpdateAppV1Deprecated',
    ours: (c) => c.appsV1.updateAppV1Deprecated(createApp),
    theirs: (c) => c.appsV1.updateAppV1Deprecated(createApp),
    answer: json(200, application),
  },
  {
    id: 'DeleteAppV1Deprecated',
    ours: (c) => c.appsV1.deleteAppV1Deprecated('app-2'),
    theirs: (c) => c.appsV1.deleteAppV1Deprecated('app-2'),
    answer: (response) => response.writeHead(204).end(),
  },
  {
    id: 'GetDeploymentsV2Deprecated',
    ours: (c) => c.deploymentsV2.getDeploymentsV2Deprecated(),
    theirs: (c) => c.deploymentsV2.getDeploymentsV2Deprecated(),
    answer: json(200, [deploymentV2]),
  },
  {
    id: 'CreateDeploymentV2Deprecated',
    ours: (c) => c.deploymentsV2.createDeploymentV2Deprecated(7, { ...run, ...resources, env: [] }),
    theirs: (c) =>
      c.deploymentsV2.createDeploymentV2Deprecated(7, { ...run, ...resources, env: [] }),
    answer: json(201, deploymentV2),
  },
  {
    id: 'GetLatestDeploymentV2Deprecated',
    ours: (c) => c.deploymentsV2.getLatestDeploymentV2Deprecated('app-2'),
    theirs: (c) => c.deploymentsV2.getLatestDeploymentV2Deprecated('app-2'),
    answer: json(200, deploymentV2),
  },
  {
    id: 'GetDeploymentInfoV2Deprecated',
    ours: (c) => c.deploymentsV2.getDeploymentInfoV2Deprecated(3, 'app-2'),
    theirs: (c) => c.deploymentsV2.getDeploymentInfoV2Deprecated(3, 'app-2'),
    answer: json(200, deploymentV2),
  },
  {
    id: 'GetDeploymentsV1Deprecated',
    ours: (c) => c.deploymentsV1.getDeploymentsV1Deprecated('app-2'),
    theirs: (c) => c.deploymentsV1.getDeploymentsV1Deprecated('app-2'),
    answer: json(200, [deploymentV1, { ...deploymentV1, planName: 'large' }]),
  },
  {
    id: 'CreateDeploymentV1Deprecated',
    ours: (c) =>
      c.deploymentsV1.createDeploymentV1Deprecated(7, { ...run, planName: 'tiny', env: [] }, 'a'),
    theirs: (c) =>
      c.deploymentsV1.createDeploymentV1Deprecated(7, { ...run, planName: 'tiny', env: [] }, 'a'),
    answer: json(201, deploymentV1),
  },
  {
    id: 'GetLatestDeploymentV1Deprecated',
    ours: (c) => c.deploymentsV1.getLatestDeploymentV1Deprecated(),
    theirs: (c) => c.deploymentsV1.getLatestDeploymentV1Deprecated(),
    answer: json(200, deploymentV1),
  },
  {
    id: 'GetDeploymentInfoV1Deprecated',
    ours: (c) => c.deploymentsV1.getDeploymentInfoV1Deprecated(3),
    theirs: (c) => c.deploymentsV1.getDeploymentInfoV1Deprecated(3),
    answer: json(200, deploymentV1),
  },
  {
    id: 'GetLatestProcessesV2Deprecated',
    ours: (c) => c.processesV2.getLatestProcessesV2Deprecated('a', ['running', 'failed'], []),
    theirs: (c) => c.processesV2.getLatestProcessesV2Deprecated('a', ['running', 'failed'], []),
    answer: json(200, [processV2, { ...processV2, exposedPort: null, startedAt: null }]),
  },
  {
    id: 'GetProcessesCountExperimentalV2Deprecated',
    ours: (c) =>
      c.processesV2.getProcessesCountExperimentalV2Deprecated('a', ['running'], ['Tokyo']),
    theirs: (c) =>
      c.processesV2.getProcessesCountExperimentalV2Deprecated('a', ['running'], ['Tokyo']),
    answer: json(200, { count: 7 }),
  },
  {
    id: 'CreateProcessV2Deprecated',
    ours: (c) => c.processesV2.createProcessV2Deprecated('Seattle'),
    theirs: (c) => c.processesV2.createProcessV2Deprecated('Seattle'),
    answer: json(201, processV2),
  },
  {
    id: 'GetProcessInfoV2Deprecated',
    ours: (c) => c.processesV2.getProcessInfoV2Deprecated('a/b', 'app-2'),
    theirs: (c) => c.processesV2.getProcessInfoV2Deprecated('a/b', 'app-2'),
    answer: json(200, processV2),
  },
  {
    id: 'StopProcessV2Deprecated',
    ours: (c) => c.processesV2.stopProcessV2Deprecated('p-1'),
    theirs: (c) => c.processesV2.stopProcessV2Deprecated('p-1'),
    answer: (response) => response.writeHead(204).end(),
  },
  {
    id: 'GetRunningProcesses',
    ours: (c) => c.processesV1.getRunningProcesses('app-2', 'Tokyo'),
    theirs: (c) => c.processesV1.getRunningProcesses('app-2', 'Tokyo'),
    answer: json(200, [{ ...processV1, rooms: [room], totalRooms: 1 }]),
  },
  {
    id: 'GetStoppedProcesses',
    ours: (c) => c.processesV1.getStoppedProcesses(),
    theirs: (c) => c.processesV1.getStoppedProcesses(),
    answer: json(200, [{ ...processV1, exposedPort: null, host: '', port: 0, idleSince: now }]),
  },
  {
    id: 'GetProcessInfoDeprecated',
    ours: (c) => c.processesV1.getProcessInfoDeprecated('p-1', 'app-2'),
    theirs: (c) => c.processesV1.getProcessInfoDeprecated('p-1', 'app-2'),
    answer: json(200, processV1),
  },
]
