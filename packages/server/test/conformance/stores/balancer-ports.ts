import { expect, test } from 'vitest'
import { anApplication, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

const two = { from: 32_001, to: 32_002 }

export function balancerPortsConform(subject: () => Subject): void {
  const lease = (appId: string, range = two, avoid: number[] = []) =>
    subject().store.leaseBalancerPort(appId, { range, avoid })

  /** A further application whose load balancer is on. */
  async function balanced(appId: string): Promise<void> {
    const serviceConfig = { staticProcessAllocation: [], loadBalancer: { enabled: true } }
    await subject().store.insertApplication(anApplication({ appId, appName: appId, serviceConfig }))
  }

  test('an application gets the lowest free number, and keeps it when the store is opened again', async () => {
    expect(await lease('app-1')).toEqual({ port: 32_001, isNew: true })
    expect(await lease('app-2')).toEqual({ port: 32_002, isNew: true })
    const again = await subject().reopen()
    const demand = { range: two, avoid: [] }
    expect(await again.leaseBalancerPort('app-2', demand)).toEqual({ port: 32_002, isNew: false })
  })

  test('one that has a number outside of the range, or one to avoid, gets another', async () => {
    await lease('app-1')
    expect(await lease('app-1', two, [32_001])).toEqual({ port: 32_002, isNew: true })
    expect(await lease('app-1', { from: 40_000, to: 40_000 })).toEqual({
      port: 40_000,
      isNew: true,
    })
    expect(await lease('app-2')).toEqual({ port: 32_001, isNew: true })
  })

  test('where all are taken, one that is switched off gives its own; those that are on do not', async () => {
    await balanced('app-2')
    await balanced('app-3')
    await balanced('app-4')
    await lease('app-2')
    await lease('app-3')
    expect(await lease('app-4')).toBeUndefined()
    const serviceConfig = { staticProcessAllocation: [], loadBalancer: { enabled: false } }
    await subject().store.changeApplication('org-1', 'app-2', { serviceConfig })
    expect(await lease('app-4')).toEqual({ port: 32_001, isNew: true })
    expect(await lease('app-2')).toBeUndefined()
  })

  test('a deleted application gives its number back', async () => {
    await lease('app-1')
    await subject().store.deleteApplication('org-1', 'app-1', 'someone', t0)
    expect(await lease('app-2')).toEqual({ port: 32_001, isNew: true })
  })
}
