/** The studio ships its game: an application, builds by every way there ever was, deployments. */
import { expect } from 'vitest'
import { textOf, upload } from '../../support/upload.ts'
import { type Stage, archive } from './stage.ts'

export async function makeApplications({ ask, known }: Stage): Promise<void> {
  const { appId, orgId, appName } = await ask('CreateApp')
  Object.assign(known, { appId, orgId })
  await ask('PatchApp')
  const updated = await ask('UpdateApp')
  expect(updated).toMatchObject({ appId, serviceConfig: { staticProcessAllocation: [] } })
  expect(updated.appName).not.toBe(appName)
  const old = await ask('CreateAppV1Deprecated')
  const renamed = await ask('UpdateAppV1Deprecated', { appId: old.appId })
  expect(await ask('GetApp', { appId: old.appId })).toEqual(renamed)
  expect(await ask('GetAppInfoV1Deprecated')).toEqual(await ask('GetApp'))
  await ask('DeleteAppV1Deprecated', { appId: old.appId })
}

/** Answers the number of a build by each way of the oldest versions. */
export async function makeBuilds({ ask, known }: Stage): Promise<void> {
  const created = await ask('CreateBuild')
  await upload(created, archive)
  const { buildId } = created
  expect(await textOf(await ask('RunBuild', { buildId }))).toContain('build succeeded')
  expect(await ask('GetBuild', { buildId })).toMatchObject({ buildId, status: 'succeeded' })
  known.buildId = buildId

  const first = await ask('CreateBuildDeprecated')
  expect(await ask('RunBuildDeprecated', { buildNumber: first.buildId })).toContain('succeeded')
  const second = await ask('CreateBuildV2Deprecated')
  await textOf(await ask('RunBuildV2Deprecated', { buildNumber: second.buildId }))
  const third = await ask('CreateWithMultipartUploadsV2Deprecated')
  await upload(third, archive)
  const byForm = await ask('CreateBuildWithUploadUrlV2Deprecated')
  await uploadByForm(byForm)

  const numbers = [first, second, third, byForm].map((build) => build.buildId)
  expect(new Set(numbers).size).toBe(4)
  for (const buildNumber of numbers.slice(0, 2))
    for (const id of ['GetBuildInfoDeprecated', 'GetBuildInfoV2Deprecated'] as const)
      expect(await ask(id, { buildNumber })).toMatchObject({ status: 'succeeded' })
  const listed = await ask('GetBuildsDeprecated')
  expect(listed.map((build) => build.buildId)).toEqual(expect.arrayContaining(numbers))
  expect(await ask('GetBuildsV2Deprecated')).toEqual(listed)
  expect((await ask('GetBuilds')).builds).toHaveLength(listed.length)
  await ask('DeleteBuildDeprecated', { buildNumber: third.buildId })
  await ask('DeleteBuildV2Deprecated', { buildNumber: byForm.buildId })
  known.buildNumber = second.buildId
}

async function uploadByForm(build: {
  uploadUrl: string
  uploadBodyParams: readonly { key: string; value: string }[]
}): Promise<void> {
  const form = new FormData()
  for (const { key, value } of build.uploadBodyParams) form.append(key, value)
  form.append('file', new Blob([archive]))
  const answer = await fetch(build.uploadUrl, { method: 'POST', body: form })
  expect(answer.ok).toBe(true)
}

/** One deployment by each version; the newest is what processes are made of. */
export async function makeDeployments({ ask, known }: Stage): Promise<void> {
  const first = await ask('CreateDeploymentV1Deprecated')
  const second = await ask('CreateDeploymentV2Deprecated')
  const newest = await ask('CreateDeployment')
  expect(second.deploymentId).toBe(first.deploymentId + 1)
  Object.assign(known, { deploymentNumber: first.deploymentId, deploymentId: newest.deploymentId })
  expect(await ask('GetLatestDeployment')).toEqual(newest)
  expect(await ask('GetDeployment')).toEqual(newest)
  expect((await ask('GetDeployments')).deployments).toHaveLength(3)
  for (const { deploymentId } of [
    await ask('GetLatestDeploymentV1Deprecated'),
    await ask('GetLatestDeploymentV2Deprecated'),
  ])
    expect(deploymentId).toBe(first.deploymentId + 2)
  expect(await ask('GetDeploymentInfoV1Deprecated')).toEqual(first)
  const shown = await ask('GetDeploymentInfoV2Deprecated')
  expect(shown).toMatchObject({ deploymentId: first.deploymentId, requestedCPU: 0.5 })
  expect(await ask('GetDeploymentsV1Deprecated')).toHaveLength(3)
  expect(await ask('GetDeploymentsV2Deprecated')).toHaveLength(3)
  const { applications } = await ask('GetApps')
  expect(applications[0]?.deployment?.deploymentId).toBe(newest.deploymentId)
  const [old] = await ask('GetAppsV1Deprecated')
  expect(old?.deployment?.deploymentId).toBe(first.deploymentId + 2)
}
