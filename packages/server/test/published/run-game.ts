/** A game on a server that is published: deployed, and run until players could connect. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hatchery, type HatcheryOptions } from '@hatchery/client'
import { expect } from 'vitest'
import { deploymentConfig } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { tarball } from '../support/tarball.ts'
import { buildOf } from '../support/upload.ts'
import { repository } from './packed.ts'

export async function runGame(options: HatcheryOptions, archive: Uint8Array) {
  const client = new Hatchery(options)
  const { appId } = await client.appsV2.createApp({ appName: 'arena', authConfiguration: {} })
  const { build, output } = await buildOf(client, archive)
  expect(build.status, output).toBe('succeeded')
  await client.deploymentsV3.createDeployment(deploymentConfig(build.buildId), appId)
  const { processId } = await client.processesV3.createProcess('Seattle', appId)
  const game = await new Hatchery({ ...options, appId }).waitUntilRunning(processId)
  const now = () => client.processesV3.getProcess(processId, appId)

  /** Answers the status with which it ended. */
  async function stop(): Promise<string> {
    await client.processesV3.stopProcess(processId, appId)
    return await eventually('the game has ended', async () => {
      const { status, terminatedAt } = await now()
      return terminatedAt !== null && status
    })
  }

  return { game, now, stop }
}

/** The archive of examples/sample-game. */
export function sampleGame(): Uint8Array {
  const file = (name: string) => readFileSync(join(repository, 'examples/sample-game', name))
  return tarball({
    Procfile: file('Procfile'),
    server: file('server'),
    'game.mjs': file('game.mjs'),
  })
}
