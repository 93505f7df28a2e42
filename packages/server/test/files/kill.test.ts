import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLocalBuilder } from '../../src/drivers/local/builder/index.ts'
import { createUploadStore } from '../../src/stores/files/upload-store.ts'
import { archiveOf, procfile, server } from '../builder/archive-of.ts'

const kills = 12
const signal = new AbortController().signal
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hatchery-kill-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the work, and kills it some time after it did something for the first time. */
async function workAndKill(round: number, ...args: string[]): Promise<void> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'killed-work.ts'), args, {
    execArgv: [],
  })
  const ended = once(child, 'exit')
  await Promise.race([once(child, 'message'), ended])
  await delay(round * 3)
  child.kill('SIGKILL')
  await ended
}

test(
  'killed at any moment, a part that counts has the bytes of its ETag',
  { timeout: 120_000 },
  async () => {
    const uploads = createUploadStore({ folder, partBytes: 100_000, minFreeBytes: 0 })
    await uploads.create('bld-1', 300_000)
    for (let round = 0; round < kills; round += 1) {
      await workAndKill(round, 'uploads', folder)
      const content = readFileSync(join(folder, 'bld-1', 'archive'))
      const state = await uploads.state('bld-1')
      const missing = state.complete ? [] : state.missing
      for (const number of [1, 2, 3].filter((one) => !missing.includes(one))) {
        const bytes = content.subarray((number - 1) * 100_000, number * 100_000)
        const etag = readFileSync(join(folder, 'bld-1', `part-${number}`), 'utf8')
        expect(etag).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`)
      }
    }
  },
)

test(
  'killed at any moment, an archive in one piece that is there is whole, and nothing else stays',
  { timeout: 120_000 },
  async () => {
    for (let round = 0; round < kills; round += 1) {
      await workAndKill(round, 'archives', folder)
      const uploads = createUploadStore({ folder, partBytes: 1, minFreeBytes: 0 })
      const names = readdirSync(folder)
      expect((await uploads.list()).map(({ buildId }) => buildId).toSorted()).toEqual(
        names.toSorted(),
      )
      for (const name of names) {
        const state = await uploads.state(name)
        const content = state.complete ? readFileSync(state.path) : Buffer.alloc(0)
        const seed = Number(name.split('-').at(-1)) % 256
        expect(content.equals(Buffer.alloc(100_000, seed))).toBe(true)
        await uploads.remove(name)
      }
    }
  },
)

test(
  'killed at any moment, a build that is there is whole, and nothing else stays',
  { timeout: 120_000 },
  async () => {
    const files = Array.from({ length: 30 }, (_, index) => ({
      path: `d/${index}`,
      content: `${index}`,
    }))
    const archive = join(folder, 'archive.tgz')
    writeFileSync(archive, archiveOf([...files, procfile('./server'), server]))
    const builds = join(folder, 'builds')
    for (let round = 0; round < kills; round += 1) {
      await workAndKill(round, 'builds', builds, archive)
      const builder = createLocalBuilder({ buildsFolder: builds, asRoot: false })
      for (const hash of await builder.artifacts()) {
        expect(readdirSync(join(builds, hash, 'd')).length).toBe(30)
        const { artifact } = await builder.build(archive, () => undefined, signal)
        expect(artifact.contentHash).toBe(hash)
      }
      expect(readdirSync(builds).filter((name) => name.startsWith('.'))).toEqual([])
    }
  },
)
