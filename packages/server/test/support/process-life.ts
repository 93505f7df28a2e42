/** Processes on fake places, and waiting for what becomes of them. */
import type { Hatchery, ProcessV3 } from '@hatchery/client'
import { deployedApp } from './deployed-app.ts'
import { eventually } from './eventually.ts'

/** The process once it has the status. */
export const untilStatus = (
  client: Hatchery,
  { appId, processId }: Pick<ProcessV3, 'appId' | 'processId'>,
  status: ProcessV3['status'],
): Promise<ProcessV3> =>
  eventually(`process ${processId} is ${status}`, async () => {
    const process = await client.processesV3.getProcess(processId, appId)
    return process.status === status && process
  })

/** An application whose processes behave as `env` tells the fake driver. */
export async function appWith(
  { client }: { client: Hatchery },
  env: Record<string, string> = {},
  idleTimeoutEnabled = false,
): Promise<string> {
  const list = Object.entries(env).map(([name, value]) => ({ name, value }))
  const { appId } = await deployedApp(client, { deployment: { env: list, idleTimeoutEnabled } })
  return appId
}

/** All its times in the order of life; undefined where it has none. */
export const timesOf = (process: ProcessV3): (number | undefined)[] => [
  process.createdAt.getTime(),
  process.scheduledAt?.getTime(),
  process.bootedAt?.getTime(),
  process.startedAt?.getTime(),
  process.stoppingAt?.getTime(),
  process.terminatedAt?.getTime(),
]
