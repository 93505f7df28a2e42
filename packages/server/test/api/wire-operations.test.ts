/** The wire: every operation's status and content type. */
import { operations } from '@hatchery/contract'
import { expect, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'
import { completeXml, put } from '../support/upload.ts'

import { call } from '../support/json-call.ts'
import { noteDeprecatedApps, noteDeprecatedProcesses } from './note-deprecated-apps.ts'
import { notePeople, peopleAnswers } from './wire-people.ts'
import { noteOldBuilds, noteOldRooms } from './note-old-builds.ts'
import { noteFleets } from './wire-fleets.ts'
import { noteBilling } from './note-billing.ts'

const json = 'application/json; charset=utf-8'
const bytes = 'application/octet-stream'

test('every operation answers exactly its status and content type', async () => {
  const provider = await startIdentityProvider()
  const hatchery = await startWithFakes(`--google-keys-url=${provider.keysUrl}`)
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
  const pulled = await client.buildsV3.createBuildRegistry({})
  const pull = `/builds/v3/builds/${pulled.buildId}/runRegistry`
  await note('RunBuildRegistry', call(hatchery, 'POST', pull, { image: '8.8.8.8/studio/game' }))
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
  await noteOldRooms({ hatchery, appId, processId, note })
  await noteOldBuilds({ hatchery, appId, note })
  await noteDeprecatedApps({ hatchery, appId, note })
  await noteDeprecatedProcesses({ hatchery, appId, note })
  await noteInstallation({ hatchery, appId, note })
  await noteFleets({ hatchery, note })
  await noteBilling({ hatchery, note })
  await noteLogins({ hatchery, appId, note, idToken: await provider.idToken() })
  await noteLobbies({ hatchery, appId, note })
  await notePeople(hatchery, note)
  await note('StopProcess', call(hatchery, 'POST', `${processes}/${processId}/stop`))
  await note('GetPingServiceEndpoints', call(hatchery, 'GET', '/discovery/v2/ping'))
  await note('GetPingServiceEndpointsDeprecated', call(hatchery, 'GET', '/discovery/v1/ping'))
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
  await note('StopGames', call(hatchery, 'POST', '/hatchery/v1/stop-games'))

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
    RunBuildRegistry: [200, bytes],
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
    GetPingServiceEndpointsDeprecated: [200, json],
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
    LoginAnonymous: [200, json],
    LoginNickname: [200, json],
    LoginGoogle: [200, json],
    RotateAppSecret: [200, json],
    CreateLobby: [201, json],
    ListActivePublicLobbies: [200, json],
    GetLobbyInfoByRoomId: [200, json],
    GetLobbyInfoByShortCode: [200, json],
    CreateLobbyDeprecated: [201, json],
    CreatePrivateLobby: [201, json],
    CreatePublicLobby: [201, json],
    CreateLocalLobby: [201, json],
    ListActivePublicLobbiesDeprecatedV2: [200, json],
    GetLobbyInfo: [200, json],
    SetLobbyState: [200, json],
    CreatePrivateLobbyDeprecated: [200, json],
    CreatePublicLobbyDeprecated: [200, json],
    ListActivePublicLobbiesDeprecatedV1: [200, json],
    GetBuildsV2Deprecated: [200, json],
    CreateBuildV2Deprecated: [201, json],
    CreateBuildWithUploadUrlV2Deprecated: [201, json],
    CreateWithMultipartUploadsV2Deprecated: [201, json],
    GetBuildInfoV2Deprecated: [200, json],
    DeleteBuildV2Deprecated: [204, null],
    RunBuildV2Deprecated: [200, bytes],
    GetBuildsDeprecated: [200, json],
    CreateBuildDeprecated: [201, json],
    GetBuildInfoDeprecated: [200, json],
    DeleteBuildDeprecated: [204, null],
    RunBuildDeprecated: [200, 'text/plain; charset=utf-8'],
    UploadBuildFile: [204, null],
    CreateRoomDeprecated: [201, json],
    GetRoomInfoDeprecated: [200, json],
    GetActiveRoomsForProcessDeprecated: [200, json],
    GetInactiveRoomsForProcessDeprecated: [200, json],
    GetConnectionInfoDeprecated: [200, json],
    SuspendRoomDeprecated: [204, null],
    DestroyRoomDeprecated: [204, null],
    GetMetricsDeprecated: [200, json],
    GetAppsV1Deprecated: [200, json],
    CreateAppV1Deprecated: [201, json],
    GetAppInfoV1Deprecated: [200, json],
    UpdateAppV1Deprecated: [200, json],
    DeleteAppV1Deprecated: [204, null],
    GetDeploymentsV2Deprecated: [200, json],
    CreateDeploymentV2Deprecated: [201, json],
    GetLatestDeploymentV2Deprecated: [200, json],
    GetDeploymentInfoV2Deprecated: [200, json],
    GetDeploymentsV1Deprecated: [200, json],
    CreateDeploymentV1Deprecated: [201, json],
    GetLatestDeploymentV1Deprecated: [200, json],
    GetDeploymentInfoV1Deprecated: [200, json],
    GetLatestProcessesV2Deprecated: [200, json],
    GetProcessesCountExperimentalV2Deprecated: [200, json],
    CreateProcessV2Deprecated: [201, json],
    GetProcessInfoV2Deprecated: [200, json],
    StopProcessV2Deprecated: [204, null],
    GetRunningProcesses: [200, json],
    GetStoppedProcesses: [200, json],
    GetProcessInfoDeprecated: [200, json],
    GetFleets: [200, json],
    CreateFleet: [200, json],
    GetFleet: [200, json],
    UpdateFleet: [204, null],
    GetFleetRegion: [200, json],
    UpdateFleetRegion: [204, null],
    DeprecatedUpdateFleetRegionV2: [204, null],
    GetFleetMetrics: [200, json],
    GetFleetRegionMetrics: [200, json],
    GetNodeShapes: [200, json],
    GetFleetsDeprecated: [200, json],
    CreateFleetDeprecated: [200, json],
    GetFleetDeprecated: [200, json],
    UpdateFleetDeprecated: [204, null],
    GetFleetRegionDeprecated: [200, json],
    UpdateFleetRegionDeprecated: [204, null],
    GetFleetMetricsDeprecated: [200, json],
    GetFleetRegionMetricsDeprecated: [200, json],
    ListProvisionedNodes: [200, json],
    GetNode: [200, json],
    GetOrgTokens: [200, json],
    CreateOrgToken: [201, json],
    RevokeOrgToken: [200, json],
    ...peopleAnswers,
    GetBalance: [200, json],
    GetInvoices: [200, json],
    GetPaymentMethod: [200, json],
    GetUpcomingInvoiceItems: [200, json],
    GetUpcomingInvoiceTotal: [200, json],
    InitStripeCustomerPortalUrl: [200, json],
    GetUsageLimits: [200, json],
    GetUsage: [200, json],
    GetUsageReport: [200, 'text/html; charset=utf-8'],
    GetRooms: [200, json],
    GetAllocations: [200, json],
    GetLoadBalancer: [200, json],
    GetEvents: [200, 'text/event-stream'],
    WhoAmI: [200, json],
    GetRegions: [200, json],
    GetNodes: [200, json],
    DrainProcess: [204, null],
    DrainNode: [204, null],
    ResumeNode: [204, null],
    CreateBackup: [200, 'application/x-tar'],
    StopGames: [204, null],
  })
  const untested = Object.keys(operations).filter((id) => !(id in seen))
  expect(untested.toSorted()).toEqual(['DownloadLogForProcess'])
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

async function noteLogins({ hatchery, appId, note, idToken }: Noting & { idToken: string }) {
  const authConfiguration = { anonymous: {}, nickname: {}, google: { clientId: 'client-1' } }
  await hatchery.client.appsV2.patchApp({ authConfiguration }, appId)
  const login = (id: keyof typeof operations, way: string, body?: unknown) =>
    note(id, call(hatchery, 'POST', `/auth/v1/${appId}/login/${way}`, body))
  await login('LoginAnonymous', 'anonymous')
  await login('LoginNickname', 'nickname', { nickname: 'squid' })
  await login('LoginGoogle', 'google', { idToken })
}

async function noteLobbies({ hatchery, appId, note }: Noting) {
  const { token } = await hatchery.client.authV1.loginAnonymous(appId)
  const asPlayer = { url: hatchery.url, token }
  const newLobby = { visibility: 'public', region: 'Chicago' }
  const ask = (id: keyof typeof operations, path: string) =>
    note(id, call(hatchery, 'GET', `/lobby/v3/${appId}/${path}`))
  await note(
    'CreateLobby',
    call(asPlayer, 'POST', `/lobby/v3/${appId}/create?shortCode=LFG4&roomId=l`, newLobby),
  )
  await ask('ListActivePublicLobbies', 'list/public')
  await ask('GetLobbyInfoByRoomId', 'info/roomid/l')
  await ask('GetLobbyInfoByShortCode', 'info/shortcode/LFG4')
  await noteOldLobbies({ hatchery, appId, note }, asPlayer)
  await note('RotateAppSecret', call(hatchery, 'POST', `/hatchery/v1/apps/${appId}/secret`))
}

async function noteOldLobbies(
  { hatchery, appId, note }: Noting,
  asPlayer: { url: string; token: string },
) {
  const config = { region: 'Chicago', initialConfig: {} }
  const v2 = `/lobby/v2/${appId}`
  const make = (id: keyof typeof operations, path: string, body: object = config) =>
    note(id, call(asPlayer, 'POST', `${v2}/create${path}`, body))
  await make('CreateLobbyDeprecated', '?roomId=l2', { ...config, visibility: 'public' })
  await make('CreatePrivateLobby', '/private')
  await make('CreatePublicLobby', '/public')
  await make('CreateLocalLobby', '/local')
  await note('ListActivePublicLobbiesDeprecatedV2', call(hatchery, 'GET', `${v2}/list/public`))
  await note('GetLobbyInfo', call(hatchery, 'GET', `${v2}/info/l2`))
  const v1 = `/lobby/v1/${appId}`
  await note('CreatePrivateLobbyDeprecated', call(asPlayer, 'POST', `${v1}/create/private`))
  await note('CreatePublicLobbyDeprecated', call(asPlayer, 'POST', `${v1}/create/public`))
  await note('ListActivePublicLobbiesDeprecatedV1', call(hatchery, 'GET', `${v1}/list`))
  await note('SetLobbyState', call(hatchery, 'POST', `${v2}/setState/l2`, { state: 1 }))
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
  await ours('GetLoadBalancer', 'GET', `apps/${appId}/load-balancer`)
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
