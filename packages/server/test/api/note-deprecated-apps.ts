/** Calls of the older versions' operations on applications, deployments and processes, for the test of every answer. */
import type { operations } from '@hatchery/contract'
import { deploymentConfig } from '../support/deployed-app.ts'
import { call } from '../support/json-call.ts'

type Id = keyof typeof operations

export interface Noting {
  readonly hatchery: { readonly url: string; readonly token: string }
  readonly appId: string
  readonly note: (id: Id, answer: Promise<Response>) => Promise<Response>
}

const app = { appName: 'old', authConfiguration: {} }

export async function noteDeprecatedApps({ hatchery, appId, note }: Noting): Promise<void> {
  const ask = (id: Id, method: string, path: string, body?: unknown) =>
    note(id, call(hatchery, method, path, body))
  await ask('GetAppsV1Deprecated', 'GET', '/apps/v1/list')
  const made = await ask('CreateAppV1Deprecated', 'POST', '/apps/v1/create', app)
  const { appId: other } = (await made.json()) as { appId: string }
  await ask('GetAppInfoV1Deprecated', 'GET', `/apps/v1/info/${other}`)
  await ask('UpdateAppV1Deprecated', 'POST', `/apps/v1/update/${other}`, app)
  await ask('DeleteAppV1Deprecated', 'DELETE', `/apps/v1/delete/${other}`)

  const v2 = `/deployments/v2/${appId}`
  const { buildId: _, requestedCPU, requestedMemoryMB, ...run } = deploymentConfig('')
  const configV2 = { ...run, requestedCPU, requestedMemoryMB }
  await ask('CreateDeploymentV2Deprecated', 'POST', `${v2}/create/1`, configV2)
  await ask('GetDeploymentInfoV2Deprecated', 'GET', `${v2}/info/1`)
  await ask('GetLatestDeploymentV2Deprecated', 'GET', `${v2}/latest`)
  await ask('GetDeploymentsV2Deprecated', 'GET', `${v2}/list`)
  const v1 = `/deployments/v1/${appId}`
  const configV1 = { ...run, planName: 'tiny' }
  await ask('CreateDeploymentV1Deprecated', 'POST', `${v1}/create/1`, configV1)
  await ask('GetDeploymentInfoV1Deprecated', 'GET', `${v1}/info/1`)
  await ask('GetLatestDeploymentV1Deprecated', 'GET', `${v1}/latest`)
  await ask('GetDeploymentsV1Deprecated', 'GET', `${v1}/list`)
}

export async function noteDeprecatedProcesses({ hatchery, appId, note }: Noting): Promise<void> {
  const ask = (id: Id, method: string, path: string) => note(id, call(hatchery, method, path))
  const v2 = `/processes/v2/${appId}`
  const made = await ask('CreateProcessV2Deprecated', 'POST', `${v2}/create/Chicago`)
  const { processId } = (await made.json()) as { processId: string }
  await ask('GetProcessInfoV2Deprecated', 'GET', `${v2}/info/${processId}`)
  await ask('GetLatestProcessesV2Deprecated', 'GET', `${v2}/list/latest`)
  await ask('GetProcessesCountExperimentalV2Deprecated', 'GET', `${v2}/count`)
  const v1 = `/processes/v1/${appId}`
  await ask('GetProcessInfoDeprecated', 'GET', `${v1}/info/${processId}`)
  await ask('GetRunningProcesses', 'GET', `${v1}/list/running`)
  await ask('GetStoppedProcesses', 'GET', `${v1}/list/stopped`)
  await ask('StopProcessV2Deprecated', 'POST', `${v2}/stop/${processId}`)
}
