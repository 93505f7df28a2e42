/** Has every process of every application stopped, and waits until each is gone. Answers how many there were. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Hatchery } from '@hatchery/client'

const unfinished = ['starting', 'running', 'draining', 'stopping'] as const
const lookMs = 50

export async function stopAllGames(client: Hatchery): Promise<number> {
  const { applications } = await client.appsV2.getApps()
  const games = await countOf(client, applications)
  await client.hatchery.stopGames()
  while ((await countOf(client, applications)) > 0) await delay(lookMs)
  return games
}

async function countOf(
  { processesV3 }: Hatchery,
  applications: readonly { readonly appId: string }[],
): Promise<number> {
  const counts = await Promise.all(
    applications.map(({ appId }) =>
      processesV3.getProcessesCountExperimental(appId, [...unfinished]),
    ),
  )
  return counts.reduce((sum, { count }) => sum + count, 0)
}
