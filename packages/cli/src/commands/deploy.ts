/** `hatchery deploy`: a folder becomes a build, and the build what new processes are made of. */
import { resolve } from 'node:path'
import type { DeploymentV3, Hatchery, ProcessV3 } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { buildFrom, sourceAt } from '../shipping/build.ts'
import { type DeploymentFlags, changesOf, deploymentConfig } from '../shipping/deployment-fields.ts'
import { showDeployed } from '../shipping/deployed.ts'
import { createProgress, withoutUpdates } from '../shipping/progress.ts'
import { type RegistryFlags, buildFromRegistry } from '../shipping/registry-build.ts'
import { withTimeout } from '../shipping/timeout.ts'
import { findBuild } from './build.ts'
import { withFleetId } from './fleet.ts'

interface Flags extends DeploymentFlags, RegistryFlags {
  readonly build: string | undefined
  readonly file: string | undefined
  readonly image: string | undefined
  readonly 'hide-upload-progress': boolean
  readonly 'dry-run': boolean
  readonly timeout: number | undefined
}

export async function deploy(
  context: Context,
  { words, flags: given }: Input<Flags>,
): Promise<void> {
  const folder = words[0] ?? given.file ?? '.'
  const { appId, appName } = await context.app()
  const client = await context.client()
  const before = await newestDeployment(client, appId)
  const flags = await withFleetId(client, given)
  // Wrong flags are told before anything is uploaded.
  const draft = deploymentConfig(flags.build ?? 'the new build', flags, before)
  if (flags['dry-run']) {
    const processes = await alive(client, appId)
    return showPlan(context, changesOf(before, draft), processes)
  }
  await withTimeout(flags.timeout, context.interrupted(), async (signal) => {
    const buildId = await buildOf(context, { client, folder, flags, signal })
    const config = deploymentConfig(buildId, flags, before)
    const made = await client.deploymentsV3.createDeployment(config, appId)
    await showDeployed(context, made, { client, appName: appName ?? appId })
  })
}

async function newestDeployment(
  client: Hatchery,
  appId: string,
): Promise<DeploymentV3 | undefined> {
  const { deployments } = await client.deploymentsV3.getDeployments(appId)
  return deployments[0]
}

async function buildOf(
  context: Context,
  order: { client: Hatchery; folder: string; flags: Flags; signal: AbortSignal },
): Promise<string> {
  const { client, folder, flags, signal } = order
  const { build, image } = flags
  if (build !== undefined) return (await findBuild(client, build)).buildId
  const shown = createProgress(context)
  const progress = flags['hide-upload-progress'] ? withoutUpdates(shown) : shown
  if (image !== undefined)
    return (await buildFromRegistry(context, { client, image, flags, progress })).buildId
  const source = await sourceAt(resolve(context.cwd, folder))
  const { tag: buildTag, 'build-id': buildId } = flags
  return await buildFrom({ client, source, buildTag, buildId, progress, signal })
}

const alive = (client: Hatchery, appId: string): Promise<ProcessV3[]> =>
  client.processesV3.getLatestProcesses(appId, ['starting', 'running', 'draining'])

function showPlan(
  { out }: Context,
  changes: readonly string[],
  processes: readonly ProcessV3[],
): void {
  const rooms = processes.reduce((sum, process) => sum + process.roomsAllocated, 0)
  const more = processes.length === 10 ? 'at least ' : ''
  const touched = `${more}${counted(processes.length, 'process', 'processes')} with ${counted(rooms, 'room', 'rooms')} stay as they are`
  const plan = { changes, processes: processes.length, rooms }
  out.value(plan, { id: '', rows: changes.map((line) => ['would change', line] as const) })
  out.say(`nothing was changed; new processes would use it, ${touched}`)
}

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`
