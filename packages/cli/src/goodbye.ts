/** What `hatchery up` says when it ends: which games go on without it. */
import type { Hatchery, ProcessV3 } from '@hatchery/client'
import { gameAddress } from './up-report.ts'

const alive = ['starting', 'running', 'draining'] as const

/** Asked of the server while it still answers. `isDocker`: the commands that find the games again need that word too. */
export async function goodbye(
  client: Hatchery,
  { isDocker }: { isDocker: boolean },
): Promise<string> {
  const { applications } = await client.appsV2.getApps()
  let count = 0
  let newest: ProcessV3 | undefined
  for (const { appId } of applications) {
    count += (await client.processesV3.getProcessesCountExperimental(appId, [...alive])).count
    newest ??= (await client.processesV3.getLatestProcesses(appId, [...alive]))[0]
  }
  return `Server stopped. ${goingOn(count, newest, isDocker)}`
}

function goingOn(count: number, newest: ProcessV3 | undefined, isDocker: boolean): string {
  if (newest === undefined) return 'No game goes on.'
  const games = count === 1 ? '1 game goes on' : `${count} games go on, one`
  const them = count === 1 ? 'it' : 'them'
  const up = isDocker ? 'npx hatchery up --docker' : 'npm run up'
  const down = `npx hatchery down --games${isDocker ? ' --docker' : ''}`
  return `${games} at ${gameAddress(newest)}; ${up} finds ${them} again, ${down} ends ${them}.`
}
