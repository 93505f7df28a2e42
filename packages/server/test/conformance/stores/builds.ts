import { expect, test } from 'vitest'
import { aBuild, aDeployment, aNewProcess, anApplication, end, refusal, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

const content = 'a'.repeat(64)

export function buildsConform(subject: () => Subject): void {
  test('a build is found by its organization, or by its id alone', async () => {
    const { store } = subject()
    expect(await store.findBuild('org-1', 'bld-1')).toEqual({ ...aBuild(), number: 1 })
    expect(await store.findBuild('org-2', 'bld-1')).toBeUndefined()
    expect(await store.findBuildById('bld-1')).toEqual({ ...aBuild(), number: 1 })
    expect(await store.findBuildById('bld-2')).toBeUndefined()
  })

  test('an id is taken, whoever has it', async () => {
    const again = subject().store.insertBuild(aBuild({ orgId: 'org-2' }))
    expect(await refusal(again)).toEqual({
      code: 'taken',
      message: 'a build bld-1 exists already: choose another id',
    })
  })

  test('builds are numbered in their organization, and keep their number', async () => {
    const { store } = subject()
    const foreign = await store.insertBuild(aBuild({ buildId: 'bld-2', orgId: 'org-2' }))
    const second = await store.insertBuild(aBuild({ buildId: 'bld-3' }))
    expect([foreign.number, second.number]).toEqual([1, 2])
    await store.changeBuild('bld-3', (build) => ({ ...build, deletedAt: t0 }))
    const third = await store.insertBuild(aBuild({ buildId: 'bld-4' }))
    expect(third.number).toBe(3)
    expect(await store.findBuildByNumber('org-1', 2)).toEqual({ ...second, deletedAt: t0 })
    expect(await store.findBuildByNumber('org-2', 2)).toBeUndefined()
  })

  test('builds are listed newest first, without deleted ones', async () => {
    const { store } = subject()
    await store.insertBuild(aBuild({ buildId: 'bld-2' }))
    await store.insertBuild(aBuild({ buildId: 'bld-3' }))
    await store.changeBuild('bld-2', (build) => ({ ...build, deletedAt: t0 }))
    const listed = await store.listBuilds('org-1')
    expect(listed.map(({ buildId }) => buildId)).toEqual(['bld-3', 'bld-1'])
    expect(await store.findBuild('org-1', 'bld-2')).toMatchObject({ deletedAt: t0 })
  })

  test('builds that are running are found across organizations', async () => {
    const { store } = subject()
    await store.insertBuild(aBuild({ buildId: 'bld-2', orgId: 'org-2', status: 'running' }))
    const running = await store.listRunningBuilds()
    expect(running.map(({ buildId }) => buildId)).toEqual(['bld-2'])
    await store.changeBuild('bld-2', (build) => ({ ...build, status: 'failed' }))
    expect(await store.listRunningBuilds()).toEqual([])
  })

  test('a change that throws changes nothing, and an unknown build is refused', async () => {
    const { store } = subject()
    const failing = store.changeBuild('bld-1', () => {
      throw new Error('not so')
    })
    await expect(failing).rejects.toThrow('not so')
    expect(await store.findBuildById('bld-1')).toEqual({ ...aBuild(), number: 1 })
    const unknown = store.changeBuild('bld-9', (build) => build)
    expect(await refusal(unknown)).toMatchObject({ code: 'not-found' })
  })

  test('content is used by a build that is there or an unfinished process of a deleted one', async () => {
    const { store } = subject()
    expect(await store.isArtifactUsed(content)).toBe(true)
    expect(await store.isArtifactUsed('b'.repeat(64))).toBe(false)
    await store.insertProcess(aNewProcess(), null)
    await store.changeBuild('bld-1', (build) => ({ ...build, deletedAt: t0 }))
    expect(await store.isArtifactUsed(content)).toBe(true)
    await end(store, 'process-1')
    expect(await store.isArtifactUsed(content)).toBe(false)
  })
}

export function deploymentsConform(subject: () => Subject): void {
  test('a deployment gets its place in the order and the tag of its build', async () => {
    const { store } = subject()
    const first = await store.findDeployment('app-1', 'dep-1')
    const second = await store.insertDeployment(aDeployment({ deploymentId: 'dep-2' }))
    expect(second).toEqual({
      ...aDeployment({ deploymentId: 'dep-2' }),
      ...{ seq: 2, number: 2, buildTag: 'v1' },
    })
    expect(first?.seq).toBe(1)
    expect(await store.findDeployment('app-1', 'dep-2')).toEqual(second)
    expect(await store.findDeployment('app-2', 'dep-2')).toBeUndefined()
    expect(await store.findLatestDeployment('app-1')).toEqual(second)
    expect(await store.findLatestDeployment('app-2')).toBeUndefined()
  })

  test('deployments are numbered in their application', async () => {
    const { store } = subject()
    await store.insertApplication(anApplication({ appId: 'app-2', appName: 'zone' }))
    const other = await store.insertDeployment(
      aDeployment({ deploymentId: 'dep-2', appId: 'app-2' }),
    )
    const second = await store.insertDeployment(aDeployment({ deploymentId: 'dep-3' }))
    expect([other.number, second.number]).toEqual([1, 2])
    expect(await store.findDeploymentByNumber('app-1', 2)).toEqual(second)
    expect(await store.findDeploymentByNumber('app-2', 2)).toBeUndefined()
  })

  test('an application that is gone is refused', async () => {
    const { store } = subject()
    await store.deleteApplication('org-1', 'app-1', 'someone', t0)
    const late = store.insertDeployment(aDeployment({ deploymentId: 'dep-2' }))
    expect(await refusal(late)).toMatchObject({ code: 'not-found' })
  })

  test.for([
    ['is not known', 'build bld-9 is not known'],
    ['is still being built', 'build bld-9 is running'],
    ['was deleted', 'build bld-9 was deleted'],
  ])('a build that %s is refused', async ([state, reason]) => {
    const { store } = subject()
    const build = aBuild({ buildId: 'bld-9' })
    if (state === 'is still being built') await store.insertBuild({ ...build, status: 'running' })
    if (state === 'was deleted') await store.insertBuild({ ...build, deletedAt: t0 })
    const call = store.insertDeployment(aDeployment({ deploymentId: 'dep-2', buildId: 'bld-9' }))
    expect(await refusal(call)).toEqual({
      code: 'invalid',
      message: `${reason}: a deployment needs a build that succeeded`,
    })
  })

  test('pages go from the newest downwards and keep to the tags', async () => {
    const { store } = subject()
    await store.insertBuild(aBuild({ buildId: 'bld-2', buildTag: 'v2' }))
    for (const [id, given] of [
      ['dep-2', { deploymentTag: 'blue' }],
      ['dep-3', { buildId: 'bld-2', deploymentTag: 'blue' }],
      ['dep-4', { buildId: 'bld-2' }],
    ] as const) {
      await store.insertDeployment(aDeployment({ deploymentId: id, ...given }))
    }
    const page = async (given: object): Promise<string[]> => {
      const query = { appId: 'app-1', beforeSeq: null, limit: 10, ...given }
      return (await store.listDeployments(query)).map(({ deploymentId }) => deploymentId)
    }
    expect(await page({})).toEqual(['dep-4', 'dep-3', 'dep-2', 'dep-1'])
    expect(await page({ limit: 2, beforeSeq: 4 })).toEqual(['dep-3', 'dep-2'])
    expect(await page({ buildTag: 'v2' })).toEqual(['dep-4', 'dep-3'])
    expect(await page({ deploymentTag: 'blue' })).toEqual(['dep-3', 'dep-2'])
    expect(await page({ buildTag: 'v2', deploymentTag: 'blue', limit: 1 })).toEqual(['dep-3'])
  })

  test('the latest deployments come with their builds', async () => {
    const { store } = subject()
    await store.insertApplication(anApplication({ appId: 'app-2', appName: 'zone' }))
    const latest = await store.findLatestDeployments(['app-1', 'app-2', 'app-9'])
    expect([...latest.keys()]).toEqual(['app-1'])
    expect(latest.get('app-1')).toEqual({
      deployment: { ...aDeployment(), seq: 1, number: 1, buildTag: 'v1' },
      build: { ...aBuild(), number: 1 },
    })
  })
}
