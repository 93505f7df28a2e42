/** The program as a user starts it who is not root: games share that user, and run without any setting. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { aFolder } from '../support/start-hatchery.ts'
import { textOf } from '../support/upload.ts'
import { obedient, order } from './odd-servers.ts'
import { deployed, killRunsIn, ownPorts, pidsOf, portOf, running, stopped } from './playground.ts'

const program = join(import.meta.dirname, '../../../cli/bin/hatchery.mjs')
/** The user `nobody`, everywhere. */
const nobody = { uid: 65_534, gid: 65_534 }

/** Starts `hatchery serve` as that user; answers where it listens. It ends with the test. */
async function serveAsNobody(data: string): Promise<string> {
  chownSync(data, nobody.uid, nobody.gid)
  const args = [program, 'serve', `--data=${data}`, '--port=0', '--disk-min-free-mb=0']
  const child = spawn(process.execPath, [...args, '--limits-grace-seconds=1', ...ownPorts()], {
    ...nobody,
    env: { HOME: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => end(child))
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, address } = JSON.parse(line) as { event?: string; address?: string }
    if (event !== 'server.ready' || address === undefined) continue
    child.stdout.resume()
    return address
  }
  throw new Error('the server did not start')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

const canRead = (): boolean =>
  spawnSync(process.execPath, [program, '--version'], { ...nobody, env: {} }).status === 0

test('a user who is not root runs a game', { timeout: 120_000 }, async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('all the other tests here run as such a user already')
  if (!canRead()) skip('the user nobody cannot read this checkout')
  const data = aFolder()
  onTestFinished(() => killRunsIn(data))
  const serverURL = await serveAsNobody(data)
  const hathoraDevToken = readFileSync(join(data, 'token'), 'utf8').trim()
  const { appId } = await new HathoraCloud({ serverURL, hathoraDevToken }).appsV2.createApp({
    appName: 'arena',
    authConfiguration: {},
  })
  const playground = { cloud: new HathoraCloud({ serverURL, hathoraDevToken, appId }) }
  await deployed(playground, obedient)

  const game = await running(playground)
  const { processId } = game
  await order(portOf(game), 'say hello')

  const { logsV1 } = playground.cloud
  await eventually(
    'it did what it was told',
    async () => (await textOf(await logsV1.getLogsForProcess(processId))) === 'hello\n',
  )
  await expect(stopped(playground, processId)).resolves.toMatchObject({
    summaryExitReason: 'stopped on request',
  })
  await eventually('nothing of it is left', () => pidsOf(processId).length === 0)
})
