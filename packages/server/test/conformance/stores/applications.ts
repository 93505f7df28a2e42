import { expect, test } from 'vitest'
import { aNewProcess, aToken, anApplication, anOrganization, refusal, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

export function organizationsConform(subject: () => Subject): void {
  test('the first organization is found, and none in an empty store', async () => {
    expect(await subject().store.findFirstOrganization()).toEqual(anOrganization())
    const empty = await subject().openEmpty()
    expect(await empty.findFirstOrganization()).toBeUndefined()
  })

  test('a token is found by the hash of its secret only', async () => {
    const { store } = subject()
    expect(await store.findTokenByHash(aToken().hash)).toEqual(aToken())
    expect(await store.findTokenByHash('0'.repeat(64))).toBeUndefined()
  })

  test('the installation keeps its id, and another one has another', async () => {
    const { store } = subject()
    const other = await subject().openEmpty()
    const again = await subject().reopen()
    expect(again.installationId).toBe(store.installationId)
    expect(other.installationId).not.toBe(store.installationId)
  })
}

export function applicationsConform(subject: () => Subject): void {
  test('an application is found by its organization only', async () => {
    const { store } = subject()
    expect(await store.findApplication('org-1', 'app-1')).toEqual(anApplication())
    expect(await store.findApplication('org-2', 'app-1')).toBeUndefined()
    expect(await store.findApplication('org-1', 'app-2')).toBeUndefined()
  })

  test('it is found by players, who have no organization, until it is deleted', async () => {
    const { store } = subject()
    expect(await store.findOpenApplication('app-1')).toEqual(anApplication())
    expect(await store.findOpenApplication('app-2')).toBeUndefined()
    const changed = await store.changeApplication('org-1', 'app-1', { appName: 'dome' })
    expect(await store.findOpenApplication('app-1')).toEqual(changed)
    await store.deleteApplication('org-1', 'app-1', 'someone', t0 + 5)
    expect(await store.findOpenApplication('app-1')).toBeUndefined()
  })

  test('a name is taken within its organization, and free in another', async () => {
    const { store } = subject()
    const second = anApplication({ appId: 'app-2' })
    expect(await refusal(store.insertApplication(second))).toEqual({
      code: 'taken',
      message: 'an application named arena exists already: choose another name',
    })
    await store.insertApplication({ ...second, orgId: 'org-2' })
    expect(await store.findApplication('org-2', 'app-2')).toBeDefined()
  })

  test('the newest application is listed first', async () => {
    const { store } = subject()
    await store.insertApplication(anApplication({ appId: 'app-0', appName: 'zone' }))
    const listed = await store.listApplications('org-1')
    expect(listed.map(({ appId }) => appId)).toEqual(['app-0', 'app-1'])
  })

  test('a change is merged, and a name that is taken refused', async () => {
    const { store } = subject()
    await store.insertApplication(anApplication({ appId: 'app-2', appName: 'zone' }))
    const changed = await store.changeApplication('org-1', 'app-1', { appName: 'dome' })
    expect(changed).toEqual(anApplication({ appName: 'dome' }))
    expect(await store.findApplication('org-1', 'app-1')).toEqual(changed)
    const clash = store.changeApplication('org-1', 'app-2', { appName: 'dome' })
    expect(await refusal(clash)).toMatchObject({ code: 'taken' })
  })

  test('changing or deleting what is not there is refused', async () => {
    const { store } = subject()
    expect(await refusal(store.changeApplication('org-2', 'app-1', {}))).toEqual({
      code: 'not-found',
      message: 'application app-1 is not known',
    })
    expect(await refusal(store.deleteApplication('org-1', 'app-9', 'x', t0))).toMatchObject({
      code: 'not-found',
    })
  })

  test('a deleted application is gone, its name is free and its processes are to stop', async () => {
    const { store } = subject()
    await store.insertProcess(aNewProcess(), null)
    const asked = await store.deleteApplication('org-1', 'app-1', 'someone', t0 + 5)
    expect(asked).toEqual(['process-1'])
    expect(await store.findApplication('org-1', 'app-1')).toBeUndefined()
    expect(await store.listApplications('org-1')).toEqual([])
    expect(await store.findProcessById('process-1')).toMatchObject({
      status: 'stopping',
      stoppingAt: t0 + 5,
      wanted: { kind: 'stop', why: { kind: 'requested' } },
    })
    await store.insertApplication(anApplication({ appId: 'app-2' }))
    const late = store.insertProcess(aNewProcess({ processId: 'process-2' }), null)
    expect(await refusal(late)).toMatchObject({ code: 'not-found' })
  })
}
