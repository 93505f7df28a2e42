/** Stops every process of every application and waits until each is gone. Answers how many there were. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Hatchery } from '@hatchery/client'

const unfinished = ['starting', 'running', 'draining', 'stopping'] as const

export async function stopAllGames(client: Hatchery): Promise<number> {
  const { applications } = await client.appsV2.getApps()
  const stopped = new Set<string>()
  for (const { appId } of applications) await stopAll(client, appId, stopped)
  return stopped.size
}

/** The list has the newest ten of those that are not gone, so it is asked again until it is empty. */
async function stopAll(client: Hatchery, appId: string, stopped: Set<string>): Promise<void> {
  for (;;) {
    const processes = await client.processesV3.getLatestProcesses(appId, [...unfinished])
    if (processes.length === 0) return
    const asked = processes.filter(({ processId }) => !stopped.has(processId))
    await Promise.all(
      asked.map(({ processId }) => client.processesV3.stopProcess(processId, appId)),
    )
    for (const { processId } of asked) stopped.add(processId)
    if (asked.length === 0) await delay(50)
  }
}
