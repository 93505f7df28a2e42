/** The disk of the data folder fills up while games run, and is freed again. A small disk of memory stands for it. */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { backupOf, contradictionsIn } from '../backup/taken.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { refusalOf } from '../support/refusal.ts'
import { aFolder } from '../support/start-hatchery.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const canMount = process.platform === 'linux' && process.getuid?.() === 0
const megabyte = 1_048_576
const withGuard = '--disk-min-free-mb=1024'

/** Its folder; unmounted and gone with the test. */
function aDisk(sizeMb: number): string {
  const folder = aFolder()
  const size = ['-o', `size=${sizeMb}m`]
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', ...size, 'tmpfs', folder])
  if (status !== 0) throw new Error(`mount: ${stderr.toString()}`)
  onTestFinished(() => void spawnSync('umount', ['--lazy', folder]))
  return folder
}

/** Writes until there is no byte left. */
function fillUp(file: string): void {
  const descriptor = openSync(file, 'a')
  try {
    for (let bytes = megabyte; bytes >= 1;) {
      try {
        writeSync(descriptor, Buffer.alloc(bytes))
      } catch {
        bytes = Math.floor(bytes / 2)
      }
    }
  } finally {
    closeSync(descriptor)
  }
}

const healthOf = async (url: string): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${url}/health`)
  return { status: answer.status, text: await answer.text() }
}

test('a full disk stops new things, never what was begun, and all goes on once there is space', async ({
  skip,
}) => {
  if (!canMount) skip('only root can mount the small disk that is filled')
  const disk = aDisk(120)
  const data = join(disk, 'data')
  const filler = join(disk, 'filler')
  const ballast = join(data, 'ballast')
  const hatchery = await startWithFakes(`--data=${data}`, withGuard)
  const { client, driver, url } = hatchery
  const { appId } = await deployedApp(client)
  const processes = await Promise.all(
    Array.from({ length: 6 }, () => client.processesV3.createProcess('Tokyo', appId)),
  )
  const [first = '', second = '', third = ''] = processes.map(({ processId }) => processId)
  const statusOf = async (id: string) => (await client.processesV3.getProcess(id, appId)).status
  const has = (id: string, status: string) =>
    eventually(`${id} is ${status}`, async () => (await statusOf(id)) === status)
  await hatchery.server.settled()
  await eventually('there is ballast', () => existsSync(ballast))
  expect(statSync(ballast).blocks * 512).toBeGreaterThanOrEqual(32 * megabyte)

  const log = join(data, 'logs', `${second}.log`)
  writeFileSync(log, `${'x'.repeat(99)}\n`.repeat(40_000))

  fillUp(filler)
  await eventually('the ballast is thrown off', () => !existsSync(ballast))
  await eventually('logs are cut', () => statSync(log).blocks * 512 <= megabyte)
  driver.exit(first, { kind: 'code', code: 0 })
  await has(first, 'stopped')
  await client.processesV3.stopProcess(second, appId)
  await has(second, 'stopped')

  fillUp(filler)
  await eventually('health is red', async () => (await healthOf(url)).status === 503)
  expect((await healthOf(url)).text).toMatch(/the disk of the data folder has 0 MB free, \d MB/)
  const creation = await refusalOf(client.processesV3.createProcess('Tokyo', appId))
  expect(creation).toMatchObject({ status: 503, code: 'unavailable', retryAfter: '30' })
  expect(creation.message).toContain('MB are needed for anything new: free some space')
  const upload = await refusalOf(client.buildsV3.createBuild({ buildSizeInBytes: 10 }))
  expect(upload).toMatchObject({ status: 503, code: 'unavailable' })
  await expect(refusalOf(backupOf(hatchery))).resolves.toMatchObject({ status: 503 })
  driver.exit(third, { kind: 'code', code: 3 })
  const list = await client.processesV3.getLatestProcesses(appId)
  expect(list).toHaveLength(processes.length)

  rmSync(filler)
  await has(third, 'failed')
  await eventually('the ballast is back', () => existsSync(ballast))
  await eventually('health is green', async () => (await healthOf(url)).status === 200)
  const again = await client.processesV3.createProcess('Tokyo', appId)
  await has(again.processId, 'running')
  await backupOf(hatchery)
  await hatchery.server.close()
  expect(contradictionsIn(data)).toEqual([])
})

test('a server starts on a full disk, and ends there, by its ballast', async ({ skip }) => {
  if (!canMount) skip('only root can mount the small disk that is filled')
  const disk = aDisk(120)
  const data = join(disk, 'data')
  const filler = join(disk, 'filler')
  const hatchery = await startWithFakes(`--data=${data}`, withGuard)
  const { appId } = await deployedApp(hatchery.client)
  const { processId } = await hatchery.client.processesV3.createProcess('Tokyo', appId)
  await hatchery.server.settled()
  await eventually('there is ballast', () => existsSync(join(data, 'ballast')))
  await hatchery.server.close()
  fillUp(filler)

  const full = await hatchery.restart()

  expect(existsSync(join(data, 'ballast'))).toBe(false)
  full.driver.exit(processId, { kind: 'code', code: 0 })
  await eventually('its end is recorded', async () => {
    const { status } = await full.client.processesV3.getProcess(processId, appId)
    return status === 'stopped'
  })
  fillUp(filler)
  await full.server.close()
  expect(contradictionsIn(data)).toEqual([])
})
