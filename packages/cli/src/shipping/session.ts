/** One life of a game server under `hatchery run`: deployed, started, its log followed until it ends. */
import type { Hatchery, ProcessView } from '@hatchery/client'
import type { Context } from '../context.ts'
import { buildFrom } from './build.ts'
import { type DeploymentFlags, deploymentConfig } from './deployment-fields.ts'
import { untilFinal } from './ending.ts'
import type { Progress } from './progress.ts'

export interface SessionOrder {
  readonly client: Hatchery
  readonly appId: string
  readonly name: string
  readonly region: string
  readonly flags: DeploymentFlags
  readonly out: Context['out']
  readonly progress: Progress
  readonly signal: AbortSignal
}

export interface Session {
  readonly processId: string
  /** Where players reach it, as `7777/udp`; undefined before they can. */
  port(): string | undefined
  readonly buildId: string
  /** Resolves with its record once it has ended and its whole log was shown. */
  readonly ended: Promise<ProcessView>
  /** Asks it to end; `ended` tells when it has. */
  stop(): Promise<void>
}

/**
 * The build and deployment of a folder; the process is another step, so that an old one can end in between. `port` in
 * place of the flag keeps an address that was found to be free.
 */
export async function prepare(
  order: SessionOrder,
  { folder, port = order.flags.port }: { folder: string; port?: string | undefined },
): Promise<string> {
  const { client, appId, name, flags, progress, signal } = order
  const buildId = await buildFrom({
    ...{ client, source: { folder }, buildTag: name, progress, signal },
  })
  await client.deploymentsV3.createDeployment(
    deploymentConfig(buildId, { ...flags, port }, undefined),
    appId,
  )
  return buildId
}

export async function startSession(order: SessionOrder, buildId: string): Promise<Session> {
  const { client, appId, region, out } = order
  const { processId } = await client.processesV3.createProcess(region, appId)
  const log = (async () => {
    for await (const line of client.followLog(processId, { appId })) out.line({ line }, line)
  })()
  let port: string | undefined
  void tellAddress(order, processId).then((found) => (port = found))
  return {
    ...{ processId, buildId },
    port: () => port,
    ended: (async () => {
      const view = await untilFinal(client, { processId, appId })
      await log
      return view
    })(),
    stop: () => client.processesV3.stopProcess(processId, appId),
  }
}

/** Says where players reach it, once they can, and answers the port. Its end before that is told by the session. */
async function tellAddress(
  { client, appId, name, out }: SessionOrder,
  processId: string,
): Promise<string | undefined> {
  const running = await client.waitUntilRunning(processId, { appId }).catch(() => undefined)
  if (running?.exposedPort == null) return undefined
  const { host, port, transportType } = running.exposedPort
  const { createdAt, startedAt } = running
  const took = startedAt === null ? 0 : startedAt.getTime() - createdAt.getTime()
  const id = processId.slice(0, 8)
  out.say(`${name}  ${host}:${port} ${transportType}  connectable after ${took} ms  process ${id}`)
  return `${port}/${transportType}`
}
