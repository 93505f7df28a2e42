/** Which warm runs are made and ended, and when one is of no use any more. */
import { expect, test } from 'vitest'
import { warmCounts } from '../../src/composition/warm-counts.ts'
import { readConfig } from '../../src/config.ts'
import type { Deployment } from '../../src/domain/deployment.ts'
import type { Process } from '../../src/domain/process.ts'
import { type WarmRun, fateOf, planWarmRuns } from '../../src/domain/warm-runs.ts'
import { aSpec } from '../drivers/support/a-spec.ts'
import { aDeployment } from '../conformance/stores/records.ts'
import { aProcess } from '../support/process-fixture.ts'

const deployment: Deployment = { ...aDeployment(), seq: 1, number: 1, buildTag: null }

const aRun = (processId: string, given: Partial<Process> = {}): WarmRun => ({
  process: aProcess({ processId, deploymentId: 'dep-1', ...given }),
  isReady: true,
})

const idsOf = (runs: readonly WarmRun[]): string[] => runs.map(({ process }) => process.processId)

test('as many are made as are missing, and the newest end when there are too many', () => {
  const runs = [aRun('a'), aRun('b'), aRun('c')]
  expect(planWarmRuns([], { deployment, count: 2 })).toEqual({ end: [], make: 2 })
  expect(planWarmRuns(runs, { deployment, count: 3 })).toEqual({ end: [], make: 0 })
  const fewer = planWarmRuns(runs, { deployment, count: 1 })
  expect({ ...fewer, end: idsOf(fewer.end) }).toEqual({ end: ['b', 'c'], make: 0 })
})

test('those of an older deployment end, and without a deployment all do', () => {
  const runs = [aRun('old', { deploymentId: 'dep-0' }), aRun('new')]
  const plan = planWarmRuns(runs, { deployment, count: 2 })
  expect({ ...plan, end: idsOf(plan.end) }).toEqual({ end: ['old'], make: 1 })
  const none = planWarmRuns(runs, { deployment: undefined, count: 2 })
  expect({ ...none, end: idsOf(none.end) }).toEqual({ end: ['old', 'new'], make: 0 })
})

test('one is as good as new only while it is held and would be started just so', () => {
  const spec = aSpec({ port: 20_000 })
  const held = { state: 'held', processId: spec.processId, spec, isReady: true } as const
  expect(fateOf(held, { ...spec, createdAt: 1 })).toBe('held')
  expect(fateOf(held, { ...spec, env: { ...spec.env, MODE: 'duel' } })).toBe('spent')
  expect(fateOf(held, { ...spec, memoryMb: 1 })).toBe('spent')
  expect(fateOf(held, undefined)).toBe('spent')
  expect(fateOf({ ...held, isReady: false }, spec)).toBe('spent')
  expect(fateOf({ state: 'absent', processId: spec.processId }, spec)).toBe('spent')
  const times = { bootedAt: 1, boundAt: 1, boundInstead: null }
  const running = { state: 'running', processId: spec.processId, spec, ...times } as const
  expect(fateOf(running, spec)).toBe('running')
})

test('the settings want them for every application, or for one by its name or id', () => {
  const argv = ['--docker', '--containers-warm-processes=Tokyo=2,Tokyo/arena=5,Seattle/app-1=1']
  const countOf = warmCounts(readConfig({ argv, env: {}, cwd: '/', isRoot: true }))
  const app = { appId: 'app-1', appName: 'lobby' }
  expect(countOf({ ...app, region: 'Tokyo' })).toBe(2)
  expect(countOf({ ...app, appName: 'arena', region: 'Tokyo' })).toBe(5)
  expect(countOf({ ...app, region: 'Seattle' })).toBe(1)
  expect(countOf({ appId: 'app-2', appName: 'lobby', region: 'Seattle' })).toBe(0)
})
