/** Our client beside the official one: the same arguments make the same requests and give the same answers. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { operations } from '@hatchery/contract'
import { describe, expect, test } from 'vitest'
import { Hatchery } from '../src/index.ts'
import { deprecatedAppRows } from './deprecated-app-rows.ts'
import { fleetRows } from './fleet-rows.ts'
import { billingRows } from './billing-rows.ts'
import type { Row } from './official-row.ts'
import { peopleRows } from './people-rows.ts'
import { oldBuildRows } from './old-build-rows.ts'
import { oldRoomRows } from './old-room-rows.ts'
import { playerRows } from './player-rows.ts'
import { type Recorded, type Respond, json, startRecorder } from './recorder.ts'
import {
  application,
  build,
  connection,
  createdBuild,
  deployment,
  deploymentConfig,
  orgToken,
  processRecord,
  room,
  serviceConfig,
  stay,
} from './samples.ts'

const bytes: Respond = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream' })
  response.end('one\ntwo\n')
}
const nothing: Respond = (response) => response.writeHead(204).end()

const oddId = 'a/b c?d#e'
const apps = {
  applications: [application, { ...application, deployment: { ...deployment, build } }],
}
const createApp = { appName: 'minecraft', authConfiguration: { google: { clientId: 'id' } } }
const metricsRequest = {
  processId: 'p-1',
  metrics: ['cpu', 'memory'],
  start: 1,
  end: 2.5,
  step: 60,
}

const rows: Row[] = [
  {
    id: 'GetLatestProcesses',
    ours: (c) => c.processesV3.getLatestProcesses(undefined, ['running', 'failed'], ['Tokyo'], 1.5),
    theirs: (c) =>
      c.processesV3.getLatestProcesses(undefined, ['running', 'failed'], ['Tokyo'], 1.5),
    answer: json(200, [processRecord, { ...processRecord, exposedPort: null, startedAt: null }]),
  },
  {
    id: 'GetProcessesCountExperimental',
    ours: (c) => c.processesV3.getProcessesCountExperimental('app-2', [], ['Tokyo', 'London']),
    theirs: (c) => c.processesV3.getProcessesCountExperimental('app-2', [], ['Tokyo', 'London']),
    answer: json(200, { count: 7 }),
  },
  {
    id: 'CreateProcess',
    ours: (c) => c.processesV3.createProcess('Seattle'),
    theirs: (c) => c.processesV3.createProcess('Seattle'),
    answer: json(201, processRecord),
  },
  {
    id: 'GetProcess',
    ours: (c) => c.processesV3.getProcess(oddId, 'app-2'),
    theirs: (c) => c.processesV3.getProcess(oddId, 'app-2'),
    answer: json(200, { ...processRecord, summaryExitReason: 'stopped on request' }),
  },
  {
    id: 'StopProcess',
    ours: (c) => c.processesV3.stopProcess('p-1'),
    theirs: (c) => c.processesV3.stopProcess('p-1'),
    answer: nothing,
  },
  {
    id: 'GetProcessMetrics',
    ours: (c) => c.processesV3.getProcessMetrics(metricsRequest),
    theirs: (c) =>
      c.processesV3.getProcessMetrics({ ...metricsRequest, metrics: ['cpu', 'memory'] }),
    answer: json(200, { cpu: [{ timestamp: 1, value: 0.4 }], memory: [] }),
  },
  {
    id: 'GetApps',
    ours: (c) => c.appsV2.getApps('org-1'),
    theirs: (c) => c.appsV2.getApps('org-1'),
    answer: json(200, apps),
  },
  {
    id: 'CreateApp',
    ours: (c) => c.appsV2.createApp(createApp),
    theirs: (c) => c.appsV2.createApp(createApp),
    answer: json(201, { ...application, serviceConfig: null }),
  },
  {
    id: 'GetApp',
    ours: (c) => c.appsV2.getApp(),
    theirs: (c) => c.appsV2.getApp(),
    answer: json(200, application),
  },
  {
    id: 'UpdateApp',
    ours: (c) => c.appsV2.updateApp({ ...createApp, serviceConfig }),
    theirs: (c) => c.appsV2.updateApp({ ...createApp, serviceConfig }),
    answer: json(200, application),
  },
  {
    id: 'PatchApp',
    ours: (c) => c.appsV2.patchApp({ serviceConfig }, 'app-2'),
    theirs: (c) => c.appsV2.patchApp({ serviceConfig }, 'app-2'),
    answer: json(200, application),
  },
  {
    id: 'DeleteApp',
    ours: (c) => c.appsV2.deleteApp('app-2'),
    theirs: (c) => c.appsV2.deleteApp('app-2'),
    answer: nothing,
  },
  {
    id: 'GetBuilds',
    ours: (c) => c.buildsV3.getBuilds(),
    theirs: (c) => c.buildsV3.getBuilds(),
    answer: json(200, { builds: [build, { ...build, expiredAt: '2026-02-05T09:00:00Z' }] }),
  },
  {
    id: 'CreateBuild',
    ours: (c) => c.buildsV3.createBuild({ buildSizeInBytes: 10, buildTag: '1.0' }),
    theirs: (c) => c.buildsV3.createBuild({ buildSizeInBytes: 10, buildTag: '1.0' }),
    answer: json(201, createdBuild),
  },
  {
    id: 'CreateBuildRegistry',
    ours: (c) => c.buildsV3.createBuildRegistry({ buildId: 'mine' }, 'org-2'),
    theirs: (c) => c.buildsV3.createBuildRegistry({ buildId: 'mine' }, 'org-2'),
    answer: json(201, build),
  },
  {
    id: 'GetBuild',
    ours: (c) => c.buildsV3.getBuild('bld-1', 'org-2'),
    theirs: (c) => c.buildsV3.getBuild('bld-1', 'org-2'),
    answer: json(200, build),
  },
  {
    id: 'DeleteBuild',
    ours: (c) => c.buildsV3.deleteBuild('bld-1'),
    theirs: (c) => c.buildsV3.deleteBuild('bld-1'),
    answer: json(200, {}),
  },
  {
    id: 'RunBuild',
    ours: (c) => c.buildsV3.runBuild('bld-1').then(textOf),
    theirs: (c) => c.buildsV3.runBuild('bld-1').then(textOf),
    answer: bytes,
  },
  {
    id: 'RunBuildRegistry',
    ours: (c) => c.buildsV3.runBuildRegistry('bld-1', { image: 'a/b:1' }).then(textOf),
    theirs: (c) => c.buildsV3.runBuildRegistry('bld-1', { image: 'a/b:1' }).then(textOf),
    answer: bytes,
  },
  {
    id: 'GetDeployments',
    ours: (c) => c.deploymentsV3.getDeployments(undefined, 'alpha', '1.0 beta+x'),
    theirs: (c) => c.deploymentsV3.getDeployments(undefined, 'alpha', '1.0 beta+x'),
    answer: json(200, { deployments: [deployment] }),
  },
  {
    id: 'CreateDeployment',
    ours: (c) => c.deploymentsV3.createDeployment({ ...deploymentConfig, env: [] }),
    theirs: (c) => c.deploymentsV3.createDeployment({ ...deploymentConfig, env: [] }),
    answer: json(201, deployment),
  },
  {
    id: 'GetLatestDeployment',
    ours: (c) => c.deploymentsV3.getLatestDeployment(),
    theirs: (c) => c.deploymentsV3.getLatestDeployment(),
    answer: json(200, deployment),
  },
  {
    id: 'GetDeployment',
    ours: (c) => c.deploymentsV3.getDeployment('dep-1', 'app-2'),
    theirs: (c) => c.deploymentsV3.getDeployment('dep-1', 'app-2'),
    answer: json(200, deployment),
  },
  {
    id: 'CreateRoom',
    ours: (c) => c.roomsV2.createRoom({ region: 'Tokyo', roomConfig: '{}' }, 'app-2', 'my room'),
    theirs: (c) => c.roomsV2.createRoom({ region: 'Tokyo', roomConfig: '{}' }, 'app-2', 'my room'),
    answer: json(201, { ...connection, processId: 'p-1' }),
  },
  {
    id: 'GetRoomInfo',
    ours: (c) => c.roomsV2.getRoomInfo(oddId),
    theirs: (c) => c.roomsV2.getRoomInfo(oddId),
    answer: json(200, { ...room, allocations: [stay] }),
  },
  {
    id: 'GetActiveRoomsForProcess',
    ours: (c) => c.roomsV2.getActiveRoomsForProcess('p-1'),
    theirs: (c) => c.roomsV2.getActiveRoomsForProcess('p-1'),
    answer: json(200, [room]),
  },
  {
    id: 'GetInactiveRoomsForProcess',
    ours: (c) => c.roomsV2.getInactiveRoomsForProcess('p-1', 'app-2'),
    theirs: (c) => c.roomsV2.getInactiveRoomsForProcess('p-1', 'app-2'),
    answer: json(200, [{ ...room, status: 'suspended', currentAllocation: null }]),
  },
  {
    id: 'DestroyRoom',
    ours: (c) => c.roomsV2.destroyRoom('r'),
    theirs: (c) => c.roomsV2.destroyRoom('r'),
    answer: nothing,
  },
  {
    id: 'SuspendRoomV2Deprecated',
    ours: (c) => c.roomsV2.suspendRoomV2Deprecated('r'),
    theirs: (c) => c.roomsV2.suspendRoomV2Deprecated('r'),
    answer: nothing,
  },
  {
    id: 'ResumeRoom',
    ours: (c) => c.roomsV2.resumeRoom('r', 'app-2'),
    theirs: (c) => c.roomsV2.resumeRoom('r', 'app-2'),
    answer: json(200, { ...connection, processId: 'p-1' }),
  },
  {
    id: 'GetConnectionInfo',
    ours: (c) => c.roomsV2.getConnectionInfo('r'),
    theirs: (c) => c.roomsV2.getConnectionInfo('r'),
    answer: json(200, connection),
  },
  {
    id: 'UpdateRoomConfig',
    ours: (c) => c.roomsV2.updateRoomConfig('r', { roomConfig: 'new' }),
    theirs: (c) => c.roomsV2.updateRoomConfig('r', { roomConfig: 'new' }),
    answer: nothing,
  },
  {
    id: 'GetOrgTokens',
    ours: (c) => c.tokensV1.getOrgTokens('org-1'),
    theirs: (c) => c.tokensV1.getOrgTokens('org-1'),
    answer: json(200, { tokens: [orgToken, { ...orgToken, scopes: ['processes:read'] }] }),
  },
  {
    id: 'CreateOrgToken',
    ours: (c) => c.tokensV1.createOrgToken('org-1', { name: 'ci', scopes: ['builds:read'] }),
    theirs: (c) => c.tokensV1.createOrgToken('org-1', { name: 'ci', scopes: ['builds:read'] }),
    answer: json(201, { orgToken, plainTextToken: 'secret' }),
  },
  {
    id: 'RevokeOrgToken',
    ours: (c) => c.tokensV1.revokeOrgToken('org-1', 'org-token-1'),
    theirs: (c) => c.tokensV1.revokeOrgToken('org-1', 'org-token-1'),
    answer: json(200, true),
  },
  ...peopleRows,
  ...playerRows,
  ...deprecatedAppRows,
  ...oldRoomRows,
  ...oldBuildRows,
  ...fleetRows,
  ...billingRows,
  {
    id: 'GetLogsForProcess',
    ours: (c) => c.logsV1.getLogsForProcess('p-1', undefined, true, 20).then(textOf),
    theirs: (c) => c.logsV1.getLogsForProcess('p-1', undefined, true, 20).then(textOf),
    answer: bytes,
  },
  {
    id: 'DownloadLogForProcess',
    ours: (c) => c.logsV1.downloadLogForProcess('p-1', 'app-2').then(textOf),
    theirs: (c) => c.logsV1.downloadLogForProcess('p-1', 'app-2').then(textOf),
    answer: bytes,
  },
  {
    id: 'GetPingServiceEndpoints',
    ours: (c) => c.discoveryV2.getPingServiceEndpoints(),
    theirs: (c) => c.discoveryV2.getPingServiceEndpoints(),
    answer: json(200, [{ region: 'Tokyo', host: '127.0.0.1', port: 4282 }]),
  },
  {
    id: 'GetPingServiceEndpointsDeprecated',
    ours: (c) => c.discoveryV1.getPingServiceEndpointsDeprecated(),
    theirs: (c) => c.discoveryV1.getPingServiceEndpointsDeprecated(),
    answer: json(200, [{ region: 'Tokyo', host: '127.0.0.1', port: 4282 }]),
  },
]

describe('our client and the official one', () => {
  test.each(rows)('ask the same and give the same for $id', async ({ ours, theirs, answer }) => {
    await using server = await startRecorder(answer)
    const options = {
      serverURL: `${server.url}/base/`,
      appId: 'app-1',
      orgId: 'org-1',
      hathoraDevToken: 'hathora_org_st_secret',
    }

    const [our, their] = [
      await ours(new Hatchery(options)),
      await theirs(new HathoraCloud(options)),
    ]

    const [ourRequest, theirRequest] = server.requests.map(wire)
    expect(server.requests).toHaveLength(2)
    expect(ourRequest).toEqual(theirRequest)
    expect(our).toEqual(their)
  })

  test('are compared for every operation that is published', () => {
    const published = Object.values(operations).filter((operation) => !('ours' in operation))
    const compared = new Set(rows.map(({ id }) => id))
    expect([...compared].toSorted()).toEqual(published.map(({ id }) => id).toSorted())
  })
})

/** What of a request matters to the server. The order of query keys does not. */
function wire({ method, url, headers, body }: Recorded) {
  const { pathname, searchParams } = new URL(url, 'http://server')
  const contentType = headers['content-type']
  const boundary = contentType?.match(/^multipart.*boundary=(.*)/)?.[1]
  return {
    method,
    pathname,
    query: [...searchParams].toSorted(([a], [b]) => a.localeCompare(b)),
    authorization: headers.authorization,
    contentType: contentType?.replace(boundary ?? '', 'boundary'),
    contentLength: headers['content-length'],
    body: boundary === undefined ? jsonIn(body) : body.replaceAll(boundary, 'boundary'),
  }
}

const jsonIn = (body: string): unknown => (body === '' ? undefined : JSON.parse(body))

const textOf = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text()
