/** Backups that are taken while everything goes on, and what comes of restoring them. */
import {
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import type { Hatchery } from '@hatchery/client'
import { describe, expect, test } from 'vitest'
import { restoreBackup } from '../../src/composition/backup/restore-backup.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { withOrganizations } from '../support/organizations.ts'
import { refusalIn } from '../support/refusal.ts'
import { aFolder, startHatchery } from '../support/start-hatchery.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'
import { backupOf, contradictionsIn } from './taken.ts'

interface Load {
  /** Ids whose creation was answered, each with whether its stop was answered too. */
  readonly answered: Map<string, boolean>
  stop(): Promise<void>
}

/** Creates and stops this many processes a second until it is stopped. */
function startLoad(client: Hatchery, appId: string, perSecond: number): Load {
  const answered = new Map<string, boolean>()
  const ends = new Set<Promise<void>>()
  let going = true
  const one = async (): Promise<void> => {
    const { processId } = await client.processesV3.createProcess('Seattle', appId)
    answered.set(processId, false)
    await client.processesV3.stopProcess(processId, appId)
    answered.set(processId, true)
  }
  const all = (async () => {
    while (going) {
      ends.add(one())
      await pause(1_000 / perSecond)
    }
    await Promise.all(ends)
  })()
  return {
    answered,
    async stop() {
      going = false
      await all
    },
  }
}

describe('a backup under load', () => {
  test('holds all that was answered before, and nothing that contradicts itself', async () => {
    const hatchery = await startWithFakes('--limits-grace-seconds=1')
    const { appId } = await deployedApp(hatchery.client)
    const load = startLoad(hatchery.client, appId, 30)
    await eventually('there is something to lose', () => load.answered.size > 40)

    const before = new Map(load.answered)
    const archive = await backupOf(hatchery)
    await load.stop()
    const data = join(aFolder(), 'restored')
    const restored = await restoreBackup({ archive, data })

    expect(restored).toMatchObject({ data, version: '0.0.0-test', replaced: null })
    expect(contradictionsIn(data)).toEqual([])
    const there = statusesIn(data)
    expect([...before.keys()].filter((id) => !there.has(id))).toEqual([])
    const notAsAnswered = [...before].filter(
      ([id, stopped]) => stopped && !['stopping', 'stopped'].includes(there.get(id) ?? ''),
    )
    expect(notAsAnswered).toEqual([])
    expect(readdirSync(hatchery.data)).not.toContain('.backup')
  })

  test('can be started, with the same token, and goes on', async () => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client)
    const load = startLoad(hatchery.client, appId, 30)
    await eventually('there is something to lose', () => load.answered.size > 10)
    const archive = await backupOf(hatchery)
    await load.stop()
    const data = aFolder()

    await restoreBackup({ archive, data })
    // What had not begun to run yet begins there.
    const unstarted = [...statusesIn(data)].filter(([, status]) => status === 'starting')
    const copy = await startHatchery({ data })

    expect(copy.token).toBe(hatchery.token)
    expect(copy.server.firstStart).toBe(false)
    await copy.server.settled()
    const left = await copy.client.processesV3.getLatestProcesses(appId, ['starting', 'running'])
    const begun = new Set(unstarted.map(([id]) => id))
    expect(left.filter(({ processId }) => !begun.has(processId))).toEqual([])
    const made = await copy.client.processesV3.createProcess('Seattle', appId)
    await eventually('a new process runs', async () => {
      const { status } = await copy.client.processesV3.getProcess(made.processId, appId)
      return status === 'running'
    })
    await copy.server.close()
    expect(contradictionsIn(data)).toEqual([])
  })

  test('locks nobody in and nobody out: the folder stays the server’s alone', async () => {
    const hatchery = await startWithFakes()
    await backupOf(hatchery)
    const second = startHatchery({ data: hatchery.data })
    await expect(second).rejects.toThrow('is used by the server at')
    await backupOf(hatchery)
  })
})

const statusesIn = (data: string): Map<string, string> => {
  const db = new DatabaseSync(join(data, 'hatchery.db'))
  const rows = db.prepare('select process_id as id, status from processes').all()
  db.close()
  return new Map(rows.map(({ id, status }) => [String(id), String(status)]))
}

describe('a backup', () => {
  test('is not for tokens that may not do everything', async () => {
    const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [
      { name: 'half', scopes: ['processes:read-write', 'applications:read-write'] },
    ])
    const ask = async (authorization?: string) =>
      await refusalIn(
        await fetch(`${hatchery.url}/hatchery/v1/backup`, {
          headers: authorization === undefined ? {} : { authorization },
        }),
      )
    await expect(ask()).resolves.toMatchObject({ status: 401, code: 'unauthenticated' })
    await expect(ask(secrets[0])).resolves.toMatchObject({
      status: 401,
      code: 'missing-scope',
      message: 'the token "half" is no admin token',
    })
  })

  test('leaves at the start nothing of one that a kill cut off', async () => {
    const hatchery = await startWithFakes()
    await hatchery.server.close()
    const left = join(hatchery.data, '.backup')
    writeFileSync(left, 'half a copy')
    await startHatchery({ data: hatchery.data })
    expect(existsSync(left)).toBe(false)
  })
})

describe('a restore', () => {
  async function aBackup(): Promise<{ archive: string; hatchery: FakeHatchery }> {
    const hatchery = await startWithFakes()
    await deployedApp(hatchery.client)
    return { archive: await backupOf(hatchery), hatchery }
  }

  test('keeps secrets to their owner', async () => {
    const { archive, hatchery } = await aBackup()
    const data = join(aFolder(), 'new')
    await restoreBackup({ archive, data })
    const modes = readdirSync(data).map((name) => [name, modeOf(join(data, name))])
    expect(modeOf(data)).toBe('700')
    expect(Object.fromEntries(modes)).toEqual({
      'hatchery.db': '600',
      'metrics.db': '600',
      token: '600',
      'upload-key': '600',
    })
    const key = (at: string) => readFileSync(join(at, 'upload-key'))
    expect(key(data)).toEqual(key(hatchery.data))
  })

  test('refuses a folder that is not empty, and leaves it alone', async () => {
    const { archive } = await aBackup()
    const data = aFolder()
    writeFileSync(join(data, 'diary.txt'), 'mine')
    await expect(refusedBy(restoreBackup({ archive, data }))).resolves.toBe(
      `the folder ${data} is not empty: choose a new folder, or force it to be replaced; its games go on then`,
    )
    await expect(refusedBy(restoreBackup({ archive, data, force: true }))).resolves.toBe(
      `the folder ${data} is not empty and is no data folder: choose a new folder`,
    )
    expect(readdirSync(data)).toEqual(['diary.txt'])
  })

  test('refuses a data folder that a server uses, forced or not', async () => {
    const { archive, hatchery } = await aBackup()
    const forced = restoreBackup({ archive, data: hatchery.data, force: true })
    await expect(refusedBy(forced)).resolves.toContain('is used by the server at')
    expect(existsSync(`${hatchery.data}.restoring`)).toBe(false)
    await hatchery.client.appsV2.getApps()
  })

  test('by force keeps the old folder beside the new one', async () => {
    const { archive, hatchery } = await aBackup()
    await hatchery.client.appsV2.createApp({ appName: 'later', authConfiguration: {} })
    await hatchery.server.close()
    const { data } = hatchery
    const { replaced } = await restoreBackup({ archive, data, force: true })
    expect(replaced).toBe(`${data}.replaced`)
    const namesAt = async (at: string): Promise<string[]> => {
      const { client, server } = await startHatchery({ data: at })
      const apps = await client.appsV2.getApps()
      await server.close()
      return apps.applications.map(({ appName }) => appName)
    }
    await expect(namesAt(data)).resolves.toEqual(['arena'])
    await expect(namesAt(`${data}.replaced`)).resolves.toEqual(['later', 'arena'])
  })

  test.each([
    { damage: 'cut off in the middle', harm: cut(0.5), message: 'cut off' },
    { damage: 'cut off near its end', harm: cut(0.97), message: 'cut off' },
    { damage: 'with a changed byte', harm: flip, message: 'is damaged' },
    { damage: 'that is empty', harm: cut(0), message: 'it is empty' },
    { damage: 'that is something else', harm: replace, message: 'damaged, or is no tar' },
  ])('refuses an archive $damage and leaves nothing', async ({ harm, message }) => {
    const { archive } = await aBackup()
    harm(archive)
    const data = join(aFolder(), 'new')
    const said = await refusedBy(restoreBackup({ archive, data }))
    expect(said).toContain(`${archive} cannot be restored: `)
    expect(said).toContain(message)
    expect(existsSync(data)).toBe(false)
    expect(existsSync(`${data}.restoring`)).toBe(false)
  })

  test('refuses a backup of a newer version', async () => {
    const { archive } = await aBackup()
    const bytes = readFileSync(archive)
    const at = bytes.indexOf('"format": 1')
    bytes.write('"format": 2', at)
    writeFileSync(archive, bytes)
    await expect(refusedBy(restoreBackup({ archive, data: join(aFolder(), 'new') }))).resolves.toBe(
      `${archive} cannot be restored: a newer version of Hatchery made it: restore it with that version`,
    )
  })

  test('names a file that is not there', async () => {
    const archive = join(aFolder(), 'none.tar')
    const said = await refusedBy(restoreBackup({ archive, data: join(aFolder(), 'new') }))
    expect(said).toContain(`${archive} cannot be read`)
  })
})

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

const refusedBy = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'it was not refused',
    (error: Error) => error.message,
  )

function cut(part: number) {
  return (file: string): void => truncateSync(file, Math.floor(statSync(file).size * part))
}

/** In the middle of the database. */
function flip(file: string): void {
  const bytes = readFileSync(file)
  const at = bytes.indexOf('SQLite format 3') + 5_000
  bytes[at] = 255 - (bytes[at] ?? 0)
  writeFileSync(file, bytes)
}

function replace(file: string): void {
  writeFileSync(file, 'x'.repeat(10_000))
}
