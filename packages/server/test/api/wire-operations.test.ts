/** The wire: every operation's status and content type. */
import { operations } from '@hatchery/contract'
import { expect, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'
import { completeXml, put } from '../support/upload.ts'

import { call } from '../support/json-call.ts'

const json = 'application/json; charset=utf-8'
const bytes = 'application/octet-stream'

test('every operation answers exactly its status and content type', async () => {
  const hatchery = await startWithFakes()
  const { client, driver } = hatchery
  const { appId, deployment } = await deployedApp(client)
  const { buildId } = deployment
  const process = await client.processesV3.createProcess('Chicago', appId)
  const { processId } = process
  await eventually('it runs', () => driver.place.runs.get(processId)?.boundAt !== null)
  const archive = Buffer.from('game')
  const created = await client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
  const partUrl = new URL(created.uploadParts[0]?.putRequestUrl ?? '')
  const completeUrl = new URL(created.completeUploadPostRequestUrl)
  const app = `/apps/v2/apps/${appId}`
  const deployments = `/deployments/v3/apps/${appId}/deployments`
  const processes = `/processes/v3/apps/${appId}/processes`
  const config = { appName: 'arena', authConfiguration: {} }

  const seen: Record<string, [number, string | null]> = {}
  const note = async (
    id: keyof typeof operations,
    answer: Promise<Response>,
  ): Promise<Response> => {
    const found = await answer
    seen[id] = [found.status, found.headers.get('content-type')]
    return found
  }
  await note('GetApps', call(hatchery, 'GET', '/apps/v2/apps'))
  await note('CreateApp', call(hatchery, 'POST', '/apps/v2/apps', { ...config, appName: 'b' }))
  await note('GetApp', call(hatchery, 'GET', app))
  await note('UpdateApp', call(hatchery, 'POST', app, config))
  await note('PatchApp', call(hatchery, 'PATCH', app, {}))
  await note('GetBuilds', call(hatchery, 'GET', '/builds/v3/builds'))
  await note('CreateBuild', call(hatchery, 'POST', '/builds/v3/builds', { buildSizeInBytes: 1 }))
  await note('CreateBuildRegistry', call(hatchery, 'POST', '/builds/v3/builds/registry', {}))
  await note('GetBuild', call(hatchery, 'GET', `/builds/v3/builds/${buildId}`))
  await note('GetDeployments', call(hatchery, 'GET', deployments))
  await note('CreateDeployment', call(hatchery, 'POST', deployments, deploymentConfig(buildId)))
  await note('GetLatestDeployment', call(hatchery, 'GET', `${deployments}/latest`))
  await note('GetDeployment', call(hatchery, 'GET', `${deployments}/${deployment.deploymentId}`))
  await note('CreateProcess', call(hatchery, 'POST', `${processes}/regions/Chicago`))
  await note('GetLatestProcesses', call(hatchery, 'GET', `${processes}/latest`))
  await note('GetProcessesCountExperimental', call(hatchery, 'GET', `${processes}/count`))
  await note('GetProcess', call(hatchery, 'GET', `${processes}/${processId}`))
  await note(
    'GetProcessMetrics',
    call(hatchery, 'GET', `${processes}/process/${processId}/metrics`),
  )
  await note(
    'GetProcessView',
    call(hatchery, 'GET', `/hatchery/v1/apps/${appId}/processes/${processId}`),
  )
  await note('GetLogsForProcess', call(hatchery, 'GET', `/logs/v1/${appId}/process/${processId}`))
  await noteRooms({ hatchery, appId, processId, note })
  await noteInstallation({ hatchery, appId, note })
  await note('StopProcess', call(hatchery, 'POST', `${processes}/${processId}/stop`))
  await note('GetPingServiceEndpoints', call(hatchery, 'GET', '/discovery/v2/ping'))
  const part = await note('UploadBuildPart', put(partUrl.href, archive))
  await note(
    'CompleteUpload',
    fetch(completeUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body: completeXml([part.headers.get('etag') ?? '']),
    }),
  )
  const run = await note(
    'RunBuild',
    call(hatchery, 'POST', `/builds/v3/builds/${created.buildId}/run`),
  )
  await run.text()
  await note('DeleteBuild', call(hatchery, 'DELETE', `/builds/v3/builds/${created.buildId}`))
  await note('DeleteApp', call(hatchery, 'DELETE', app))

  expect(seen).toEqual({
    GetApps: [200, json],
    CreateApp: [201, json],
    GetApp: [200, json],
    UpdateApp: [200, json],
    PatchApp: [200, json],
    DeleteApp: [204, null],
    GetBuilds: [200, json],
    CreateBuild: [201, json],
    CreateBuildRegistry: [201, json],
    GetBuild: [200, json],
    DeleteBuild: [200, json],
    RunBuild: [200, bytes],
    GetDeployments: [200, json],
    CreateDeployment: [201, json],
    GetLatestDeployment: [200, json],
    GetDeployment: [200, json],
    CreateProcess: [201, json],
    GetLatestProcesses: [200, json],
    GetProcessesCountExperimental: [200, json],
    GetProcess: [200, json],
    StopProcess: [204, null],
    GetProcessMetrics: [200, json],
    GetProcessView: [200, json],
    GetLogsForProcess: [200, bytes],
    GetPingServiceEndpoints: [200, json],
    UploadBuildPart: [200, null],
    CompleteUpload: [200, null],
    CreateRoom: [201, json],
    GetRoomInfo: [200, json],
    GetActiveRoomsForProcess: [200, json],
    GetInactiveRoomsForProcess: [200, json],
    UpdateRoomConfig: [204, null],
    GetConnectionInfo: [200, json],
    SuspendRoomV2Deprecated: [204, null],
    ResumeRoom: [200, json],
    DestroyRoom: [204, null],
    GetOrgTokens: [200, json],
    CreateOrgToken: [201, json],
    RevokeOrgToken: [200, json],
    GetRooms: [200, json],
    GetAllocations: [200, json],
    GetEvents: [200, 'text/event-stream'],
    WhoAmI: [200, json],
    GetRegions: [200, json],
    GetNodes: [200, json],
    DrainProcess: [204, null],
    DrainNode: [204, null],
    ResumeNode: [204, null],
    CreateBackup: [200, 'application/x-tar'],
  })
  const untested = Object.keys(operations).filter((id) => !(id in seen))
  expect(untested.toSorted()).toEqual(['DownloadLogForProcess', 'RunBuildRegistry'])
})

type Note = (id: keyof typeof operations, answer: Promise<Response>) => Promise<Response>

interface Noting {
  readonly hatchery: FakeHatchery
  readonly appId: string
  readonly note: Note
}

async function noteRooms({ hatchery, appId, processId, note }: Noting & { processId: string }) {
  const rooms = `/rooms/v2/${appId}`
  const ask = (id: keyof typeof operations, method: string, path: string, body?: unknown) =>
    note(id, call(hatchery, method, `${rooms}/${path}`, body))
  await ask('CreateRoom', 'POST', 'create?roomId=r', { region: 'Chicago' })
  await ask('GetRoomInfo', 'GET', 'info/r')
  await ask('GetActiveRoomsForProcess', 'GET', `list/${processId}/active`)
  await ask('GetInactiveRoomsForProcess', 'GET', `list/${processId}/inactive`)
  await ask('UpdateRoomConfig', 'POST', 'update/r', { roomConfig: 'a' })
  await ask('GetConnectionInfo', 'GET', 'connectioninfo/r')
  await ask('SuspendRoomV2Deprecated', 'POST', 'suspend/r')
  await ask('ResumeRoom', 'POST', 'resume/r')
  await ask('DestroyRoom', 'POST', 'destroy/r')
}

async function noteInstallation({ hatchery, appId, note }: Noting) {
  const ours = (id: keyof typeof operations, method: string, path: string) =>
    note(id, call(hatchery, method, `/hatchery/v1/${path}`))
  const { orgId } = await hatchery.client.hatchery.whoAmI()
  const tokens = `/tokens/v1/orgs/${orgId}`
  await note('GetOrgTokens', call(hatchery, 'GET', tokens))
  const made = await note(
    'CreateOrgToken',
    call(hatchery, 'POST', `${tokens}/create`, { name: 'ci' }),
  )
  const { orgToken } = (await made.json()) as { orgToken: { orgTokenId: string } }
  await note(
    'RevokeOrgToken',
    call(hatchery, 'POST', `${tokens}/tokens/${orgToken.orgTokenId}/revoke`),
  )
  await ours('GetRooms', 'GET', `apps/${appId}/rooms`)
  await ours('GetAllocations', 'GET', `apps/${appId}/allocations`)
  await ours('WhoAmI', 'GET', 'whoami')
  await ours('GetRegions', 'GET', 'regions')
  await ours('GetNodes', 'GET', 'nodes')
  const { processId } = await hatchery.client.processesV3.createProcess('Chicago', appId)
  await ours('DrainProcess', 'POST', `apps/${appId}/processes/${processId}/drain`)
  for (const stream of [ours('GetEvents', 'GET', 'events'), ours('CreateBackup', 'GET', 'backup')])
    await (await stream).body?.cancel()
  await ours('DrainNode', 'POST', 'nodes/local/drain')
  await ours('ResumeNode', 'POST', 'nodes/local/resume')
}
