/** What becomes of a build while its archive is sent: the end of the upload looks again. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { receiveArchive } from '../../src/api/receive-archive.ts'
import type { Build } from '../../src/domain/build.ts'
import { createUploadStore } from '../../src/stores/files/upload-store.ts'
import { openSqliteStore } from '../../src/stores/sqlite.ts'
import { aBuild, aToken, anOrganization, standingClock, t0 } from '../conformance/stores/records.ts'
import { aFolder } from '../support/start-hatchery.ts'

async function aPlace() {
  const folder = aFolder()
  const uploadsFolder = join(folder, 'uploads')
  const store = await openSqliteStore({ file: join(folder, 'db'), clock: standingClock() })
  onTestFinished(() => store.close())
  await store.insertOrganization(anOrganization(), aToken())
  const waiting = { status: 'created', artifact: null, startedAt: null, finishedAt: null } as const
  const build = await store.insertBuild(aBuild({ ...waiting, source: { kind: 'file' } }))
  const uploads = createUploadStore({ folder: uploadsFolder, partBytes: 1, minFreeBytes: 0 })
  const services = {
    ...{ store, uploads, buildLimits: { partBytes: 1, maxBytes: 1_000 } },
    assertDiskSpace: () => {},
  }
  /** With something that happens in the middle of it. */
  async function* archive(meanwhile: (build: Build) => Build): AsyncGenerator<Uint8Array> {
    yield Buffer.from('a game ')
    await store.changeBuild(build.buildId, meanwhile)
    yield Buffer.from('server')
  }
  return {
    ...{ build, uploadsFolder },
    receive: (meanwhile: (build: Build) => Build) =>
      receiveArchive(services, build, { bytes: archive(meanwhile), formBytes: undefined }),
  }
}

test('a build that waits, or that somebody began to run with it, keeps its archive', async () => {
  for (const status of ['created', 'running'] as const) {
    const { build, receive, uploadsFolder } = await aPlace()
    expect(await receive((before) => ({ ...before, status }))).toMatchObject({ ...build, status })
    expect(existsSync(join(uploadsFolder, build.buildId, 'complete'))).toBe(true)
  }
})

test('a build that was deleted or has ended meanwhile takes none, and nothing stays', async () => {
  const changes: ((build: Build) => Build)[] = [
    (build) => ({ ...build, deletedAt: t0 }),
    (build) => ({ ...build, status: 'succeeded' }),
    (build) => ({ ...build, status: 'failed' }),
  ]
  for (const change of changes) {
    const { receive, uploadsFolder } = await aPlace()
    await expect(receive(change)).rejects.toMatchObject({
      code: 'not-now',
      message: expect.stringContaining('was run or deleted while its archive was sent') as string,
    })
    expect(readdirSync(uploadsFolder)).toEqual([])
  }
})
