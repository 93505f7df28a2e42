/** What `hatchery up` says when it ends: which games go on without it. */
import type { Hatchery, ProcessV3 } from '@hatchery/client'
import { gameAddress } from './up-report.ts'

const alive = ['starting', 'running', 'draining'] as const

/** Asked of the server while it still answers. */
export async function goodbye(client: Hatchery): Promise<string> {
  const { applications } = await client.appsV2.getApps()
  let count = 0
  let newest: ProcessV3 | undefined
  for (const { appId } of applications) {
    count += (await client.processesV3.getProcessesCountExperimental(appId, [...alive])).count
    newest ??= (await client.processesV3.getLatestProcesses(appId, [...alive]))[0]
  }
  return `Server stopped. ${goingOn(count, newest)}`
}

function goingOn(count: number, newest: ProcessV3 | undefined): string {
  if (newest === undefined) return 'No game goes on.'
  const games = count === 1 ? '1 game goes on' : `${count} games go on, one`
  const them = count === 1 ? 'it' : 'them'
  return `${games} at ${gameAddress(newest)}; npm run up finds ${them} again, npx hatchery down --games ends ${them}.`
}
