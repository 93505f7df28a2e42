/** Two organizations on one server: what is one’s own is not there for the other. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hatchery } from '@hatchery/client'
import { type Operation, operations } from '@hatchery/contract'
import { expect, test } from 'vitest'
import { call } from '../support/call.ts'
import { anAppConfig, deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { everything } from '../support/everything.ts'
import { oneOfEverything } from '../support/one-of-everything.ts'
import { withOrganizations } from '../support/organizations.ts'
import { refusalOf } from '../support/refusal.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'
import { buildOf } from '../support/upload.ts'

/** Machines are the installation's, and shown to all. */
async function ownThings(hatchery: FakeHatchery) {
  const { nodeId: _, ...values } = await oneOfEverything(hatchery)
  return values
}

const autoscalerConfig = { scaleUpThreshold: 80 }

test('everything of one is 404 for the other, and untouched', async () => {
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [{}])
  const { client, url } = hatchery
  const values = await ownThings(hatchery)
  await hatchery.server.settled()
  const before = await everything(client, values.appId)

  const bodies: Partial<Record<keyof typeof operations, unknown>> = {
    UpdateApp: anAppConfig('stolen'),
    PatchApp: { appName: 'stolen' },
    CreateDeployment: deploymentConfig(values.buildId),
    CreateDeploymentV2Deprecated: deploymentConfig(values.buildId),
    CreateDeploymentV1Deprecated: { ...deploymentConfig(values.buildId), planName: 'tiny' },
    UpdateAppV1Deprecated: anAppConfig('stolen'),
    RunBuildRegistry: { image: 'x' },
    CreateRoom: { region: 'Tokyo' },
    CreateRoomDeprecated: { region: 'Tokyo' },
    CreateBuildDeprecated: {},
    CreateBuildV2Deprecated: {},
    CreateBuildWithUploadUrlV2Deprecated: {},
    CreateWithMultipartUploadsV2Deprecated: { buildSizeInBytes: 1 },
    UpdateRoomConfig: { roomConfig: 'stolen' },
    SetLobbyState: { state: 'stolen' },
    CreateOrgToken: { name: 'stolen' },
    InviteUser: { userEmail: 'thief@games.example' },
    UpdateUserInvite: { userEmail: 'ada@games.example', scopes: 'admin' },
    RescindInvite: { userEmail: 'ada@games.example' },
    CreatePersonalLink: { userEmail: 'ada@games.example' },
    ChangeMember: { scopes: 'viewer' },
    UpdateFleet: { name: 'stolen', autoscalerConfig },
    UpdateFleetDeprecated: { name: 'stolen', autoscalerConfig },
    UpdateFleetRegion: { nodeBaseline: 9 },
    DeprecatedUpdateFleetRegionV2: { cloudMinVcpus: 4 },
    UpdateFleetRegionDeprecated: { cloudMinVcpus: 4 },
  }
  const asked: string[] = []
  for (const operation of Object.values(operations)) {
    const { id, params, access } = operation
    if (typeof access === 'string' || Object.keys(params).length === 0) continue
    asked.push(id)
    const body = bodies[id]
    const theirs = await call(operation, { url, token: secrets[0], values, body })
    expect({ id, ...theirs }).toMatchObject({ id, status: 404, code: 'not-found' })
    const unknown = unknownLike(values)
    const nothing = await call(operation, { url, token: secrets[0], values: unknown, body })
    expect({ id, ...theirs, message: named(theirs.message, values) }).toEqual({
      ...{ id, ...nothing },
      message: named(nothing.message, unknown),
    })
  }
  for (const id of ['StopProcess', 'RunBuild', 'RevokeOrgToken', 'InviteUser', 'RemoveMember'])
    expect(asked).toContain(id)
  expect(await everything(client, values.appId)).toEqual(before)
})

test('what needs no id answers nothing of the other', async () => {
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [{}])
  const values = await ownThings(hatchery)
  for (const { id, method, path, params, access, answer } of Object.values<Operation>(operations)) {
    const isList = method === 'get' && Object.keys(params).length === 0 && 'json' in answer
    if (!isList || typeof access === 'string') continue
    const answered = await fetch(`${hatchery.url}${path}`, {
      headers: { authorization: secrets[0] ?? '' },
    })
    const text = await answered.text()
    const seen = Object.entries(values).filter(
      ([name, value]) => isId(name) && text.includes(value),
    )
    expect({ id, status: answered.status, seen }).toEqual({ id, status: 200, seen: [] })
  }
})

const isId = (name: string): boolean => name.endsWith('Id')

/** The same, with ids that nothing has. */
const unknownLike = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isId(name) ? `${name}-x` : value]),
  )

/** A message with names in place of ids, to compare it with another. */
const named = (message: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .filter(([name]) => isId(name))
    .reduce((text, [name, value]) => text.replaceAll(value, name), message)

test('each has lists and names of its own', async () => {
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [{}])
  const first = hatchery.client
  const second = new Hatchery({ serverURL: hatchery.url, hathoraDevToken: secrets[0] ?? '' })
  await deployedApp(first)
  expect(await second.appsV2.getApps()).toEqual({ applications: [] })
  expect(await second.buildsV3.getBuilds()).toEqual({ builds: [] })
  const theirs = await deployedApp(second)
  const { applications } = await second.appsV2.getApps()
  expect(applications.map(({ appId }) => appId)).toEqual([theirs.appId])
  expect((await first.appsV2.getApps()).applications).toHaveLength(1)
})

test('a build of the other cannot be deployed, and its id cannot be used again', async () => {
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [{}])
  const second = new Hatchery({ serverURL: hatchery.url, hathoraDevToken: secrets[0] ?? '' })
  const { deployment } = await deployedApp(hatchery.client)
  const { buildId } = deployment
  const { appId } = await second.appsV2.createApp(anAppConfig('arena'))
  const deploy = second.deploymentsV3.createDeployment(deploymentConfig(buildId), appId)
  expect(await refusalOf(deploy)).toMatchObject({
    status: 422,
    message: `build ${buildId} is not known: a deployment needs a build that succeeded`,
  })
  const create = second.buildsV3.createBuild({ buildId, buildSizeInBytes: 1 })
  expect(await refusalOf(create)).toMatchObject({ status: 422, code: 'taken' })
})

test('a build that is named like a process of somebody else does not show its log', async () => {
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [{}])
  const second = new Hatchery({ serverURL: hatchery.url, hathoraDevToken: secrets[0] ?? '' })
  const { appId } = await deployedApp(hatchery.client)
  const { processId } = await hatchery.client.processesV3.createProcess('Chicago', appId)
  const log = join(hatchery.data, 'logs', `${processId}.log`)
  writeFileSync(log, 'a secret of the game\n')

  const { output } = await buildOf(second, 'an archive', { buildId: processId })
  expect(output).toContain('build succeeded')
  expect(output).not.toContain('a secret of the game')
  expect(readFileSync(log, 'utf8')).toBe('a secret of the game\n')
})

test('a revoked token fails, and says so', async () => {
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [
    { name: 'old laptop', revokedAt: 1 },
  ])
  const client = new Hatchery({ serverURL: hatchery.url, hathoraDevToken: secrets[0] ?? '' })
  expect(await refusalOf(client.appsV2.getApps())).toMatchObject({
    status: 401,
    code: 'unauthenticated',
    message: 'the token "old laptop" was revoked',
  })
})
