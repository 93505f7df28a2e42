/** Static allocation under everything that can happen to it, on a clock that the test moves. */
import { isDeepStrictEqual } from 'node:util'
import type { ProcessV3 } from '@hatchery/client'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentOf, recordedEvents } from '../support/process-history.ts'
import {
  type Action,
  type AllocationWorld,
  type Limits,
  anAllocationWorld,
  anyAction,
  anyMachine,
} from './allocation-world.ts'

/** `TEST_RUNS` makes it longer, `TEST_SEED` runs a failing one again. */
const numRuns = Number(process.env['TEST_RUNS'] ?? 10)
const seed = process.env['TEST_SEED']

const minute = 60_000

test(
  'whatever happens, minimum and maximum hold, and the target is reached once it is calm',
  { timeout: 60_000 + numRuns * 5_000 },
  async () => {
    const actions = fc.array(anyAction, { minLength: 5, maxLength: 25 })
    await fc.assert(
      fc.asyncProperty(anyMachine, actions, async (machine, deeds) => {
        const world = await anAllocationWorld(machine)
        await expectToHold(world, deeds).finally(world.close)
      }),
      { numRuns, ...(seed !== undefined && { seed: Number(seed) }) },
    )
  },
)

async function expectToHold(world: AllocationWorld, deeds: readonly Action[]): Promise<void> {
  const { act, appId, client, calm, pass, scale, deploy } = world
  const made = async () => (await client().processesV3.getProcessesCountExperimental(appId)).count
  await scale({ minProcesses: 1, targetProcesses: 3, maxProcesses: 6 })
  for (const one of deeds) await act(one)
  await scale({ minProcesses: 1, targetProcesses: 4, maxProcesses: 6 })
  await deploy('good')
  await calm()
  await pass(2 * minute, 1_000)
  const target = { running: 4, starting: 0, outdated: 0, problem: null }
  const stands = async () => (await client().hatchery.getAllocations(appId))[0]
  const isReached = async () => {
    const { running, starting, outdated, problem } = (await stands()) ?? {}
    return isDeepStrictEqual({ running, starting, outdated, problem }, target)
  }
  // What rooms started ends for being idle: soon, but sampling does not wait for this clock.
  for (let minutes = 0; minutes < 120 && !(await isReached()); minutes += 1)
    await pass(minute, 10_000)
  expect(await stands()).toMatchObject(target)
  const before = await made()
  await pass(20 * minute, minute)
  expect(await made()).toBe(before)
  await expectWithinLimits(world)
}

/**
 * By what was recorded, in its order: none is started above the maximum of then, and none that runs is drained where
 * that leaves fewer than the minimum of then.
 */
async function expectWithinLimits({
  client,
  appId,
  drainedByHand,
}: AllocationWorld): Promise<void> {
  const statuses = new Map<string, ProcessV3['status']>()
  let limits: Limits | undefined
  for await (const event of recordedEvents(client(), appId)) {
    if (event.kind === 'application') limits = limitsOf(event.record.serviceConfig)
    if (event.kind !== 'process') continue
    const { subject, record } = event
    const before = statuses.get(subject)
    statuses.set(subject, record.status)
    const { running, alive } = momentOf([...statuses.values()])
    if (before === undefined) expect(alive).toBeLessThanOrEqual(limits?.maxProcesses ?? Infinity)
    if (before === 'running' && record.status === 'draining' && !drainedByHand.has(subject))
      expect(running).toBeGreaterThanOrEqual(limits?.minProcesses ?? 0)
  }
}

/** Undefined: nothing is limited. */
function limitsOf(config: { staticProcessAllocation: Limits[] } | null | undefined) {
  const [allocation] = config?.staticProcessAllocation ?? []
  return allocation?.targetProcesses === 0 ? undefined : allocation
}
