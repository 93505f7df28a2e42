/** A restore while games are alive on the machine: the restored records meet what really runs. */
import { describe, expect, test } from 'vitest'
import { restoreBackup } from '../../src/composition/backup/restore-backup.ts'
import { obedient } from '../real/odd-servers.ts'
import {
  deployed,
  openPlayground,
  pidsOf,
  reopened,
  running,
  stopped,
  until,
} from '../real/playground.ts'
import { backupOf, contradictionsIn } from './taken.ts'

describe('a restore over the data folder of games that are alive', { timeout: 120_000 }, () => {
  test('adopts those it knows and those it does not, and says what is lost', async () => {
    const before = await openPlayground()
    await deployed(before, obedient)
    const known = await running(before)
    const gone = await running(before)
    const archive = await backupOf(before.hatchery)
    const unknown = await running(before)
    await stopped(before, gone.processId)
    await before.hatchery.server.close()
    const { data } = before.hatchery
    await restoreBackup({ archive, data, force: true })
    expect(contradictionsIn(data)).toEqual([])

    const after = await reopened(before)

    expect(after.hatchery.server.adopted).toBe(2)
    await expect(after.cloud.processesV3.getProcess(known.processId)).resolves.toEqual(known)
    const rebuilt = await until(after, unknown.processId, 'running')
    expect(rebuilt).toMatchObject({
      exposedPort: unknown.exposedPort,
      deploymentId: unknown.deploymentId,
      createdAt: unknown.createdAt,
    })
    const lost = await until(after, gone.processId, 'failed', 'stopped')
    expect(lost).toMatchObject({
      status: 'failed',
      summaryExitReason: expect.stringMatching(/^lost/),
    })
    for (const { processId } of [known, unknown]) {
      expect(pidsOf(processId)).toHaveLength(1)
      await stopped(after, processId)
    }
    await after.hatchery.server.close()
    expect(contradictionsIn(data)).toEqual([])
  })

  test('brings builds along, with what makes programs start', async () => {
    const before = await openPlayground()
    await deployed(before, obedient)
    await stopped(before, (await running(before)).processId)
    const archive = await backupOf(before.hatchery)
    await before.hatchery.server.close()
    const { data } = before.hatchery
    const restored = await restoreBackup({ archive, data, force: true })
    expect(restored.builds).toBe(1)

    const after = await reopened(before)

    const { processId } = await running(after)
    await stopped(after, processId)
  })
})
