/** Backups by themselves: one at a time, whatever becomes of their readers. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createBackups } from '../../src/composition/backup/backups.ts'
import { openDataFolder } from '../../src/composition/data-folder.ts'
import type { Copyable } from '../../src/domain/backup.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { openMetricStore } from '../../src/stores/metrics.ts'
import { openSqliteStore } from '../../src/stores/sqlite.ts'
import { aFolder } from '../support/start-hatchery.ts'

/** `around` stands before the copy of the records. */
async function aPlace(around: (copying: () => Promise<void>) => Promise<void> = (copy) => copy()) {
  const folder = openDataFolder(aFolder())
  folder.writeToken('a-token')
  const store = await openSqliteStore({ file: folder.database, clock: systemClock })
  const metrics = await openMetricStore({ file: folder.metricsDatabase })
  onTestFinished(async () => {
    await store.close()
    metrics.close()
  })
  const guarded: Copyable = {
    async copyTo(target, signal) {
      await around(() => Promise.resolve())
      return await store.copyTo(target, signal)
    },
  }
  const backups = createBackups({
    ...{ folder, store: guarded, metrics, clock: systemClock, version: '1.0.0' },
    assertDiskSpace: () => undefined,
  })
  const copies = (): boolean => existsSync(join(folder.root, '.backup'))
  return { backups, copies, folder, store }
}

const never = new AbortController().signal

test('a second one is refused while the first is made or read', async () => {
  const gate = Promise.withResolvers<void>()
  const { backups } = await aPlace(() => gate.promise)
  const first = backups.create(never)
  await expect(backups.create(never)).rejects.toMatchObject({
    code: 'rate-limited',
    message: 'a backup is being made: try again when it is done',
  })
  gate.resolve()
  const bytes = await first
  await expect(backups.create(never)).rejects.toMatchObject({ code: 'rate-limited' })
  for await (const _ of bytes);
  expect(backups.isUnderWay()).toBe(false)
  for await (const _ of await backups.create(never));
})

test('a reader that leaves early, or never comes, leaves nothing behind', async () => {
  const { backups, copies } = await aPlace()
  for await (const _ of await backups.create(never)) break
  expect({ underWay: backups.isUnderWay(), copies: copies() }).toEqual({
    underWay: false,
    copies: false,
  })
  const gone = new AbortController()
  await backups.create(gone.signal)
  expect(copies()).toBe(true)
  gone.abort()
  await backups.close()
  expect(copies()).toBe(false)
})

test('closing cuts off the one that is being read', async () => {
  const { backups } = await aPlace()
  const reader = (await backups.create(never))[Symbol.asyncIterator]()
  await reader.next()
  const closed = backups.close()
  await expect(reader.next()).rejects.toThrow('aborted')
  await closed
})

test('what cannot be copied is an error, and the next one is taken', async () => {
  let fails = true
  const { backups, copies } = await aPlace(async () => {
    if (fails) throw new Error('no')
  })
  await expect(backups.create(never)).rejects.toThrow('no')
  expect(copies()).toBe(false)
  fails = false
  for await (const _ of await backups.create(never));
})
