/** What tests that kill the server share: chance with a seed, a deployed game, and a clean end. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Hatchery } from '@hatchery/client'
import { deploymentConfig } from '../support/deployed-app.ts'
import { buildOf } from '../support/upload.ts'
import { killIfThere } from '../support/kill-if-there.ts'
import { killGameArchive } from './kill-game.ts'
import { type ServerProgram, runsByVariable } from './server-program.ts'

/** `TEST_SEED` runs a failing test again, `TEST_KILLS` makes it longer. */
export const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000)
export const kills = Number(process.env['TEST_KILLS'] ?? 20)

export const clientOf = (data: string, { address }: Pick<ServerProgram, 'address'>): Hatchery =>
  new Hatchery({ serverURL: address, hathoraDevToken: tokenOf(data) })

const tokenOf = (data: string): string => readFileSync(join(data, 'token'), 'utf8').trim()

/** Answers the id of a new application that runs the kill game. */
export async function deployKillGame(client: Hatchery, appName: string): Promise<string> {
  const { appId } = await client.appsV2.createApp({ appName, authConfiguration: {} })
  const { build } = await buildOf(client, await killGameArchive())
  await client.deploymentsV3.createDeployment(deploymentConfig(build.buildId), appId)
  return appId
}

/** Ends the server, then the games, by the ids in the test's own run folders; nothing of them may be left. */
export async function cleanUp(data: string, server: ServerProgram): Promise<void> {
  await server.end()
  const runs = runsByVariable('HATHORA_PROCESS_ID')
  for (const processId of readdirSync(join(data, 'run'))) {
    for (const pid of runs.get(processId) ?? []) killIfThere(pid)
  }
}

/** A small generator with a seed (mulberry32), so that a failing run can be run again. */
export function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const shuffled = <T>(list: readonly T[], random: () => number): T[] =>
  list
    .map((value) => ({ value, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value)
