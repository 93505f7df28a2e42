/** A whole server with the drivers that its settings name and one application on it, used through the official client alone. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import type {
  DeploymentConfigV3,
  ProcessV3,
} from '@hathora/cloud-sdk-typescript/models/components/index.js'
import type { ProcessView } from '@hatchery/client'
import { onTestFinished } from 'vitest'
import { type Clock, systemClock } from '../../src/domain/clock.ts'
import { eventually } from '../support/eventually.ts'
import { killIfThere } from '../support/kill-if-there.ts'
import { ownRange } from '../support/own-range.ts'
import { type TestHatchery, startHatchery } from '../support/start-hatchery.ts'
import { tarball } from '../support/tarball.ts'
import { textOf, upload } from '../support/upload.ts'

export interface Playground {
  readonly cloud: HathoraCloud
  readonly appId: string
  readonly hatchery: TestHatchery
}

/** All that most of these functions need. */
export type Cloud = Pick<Playground, 'cloud'>

type Status = ProcessV3['status']

const portsPerServer = 40
const unfinished: Status[] = ['starting', 'running', 'draining', 'stopping']

/** What is still running at the end of the test is stopped; what the server cannot stop is killed. */
export const openPlayground = (...flags: string[]): Promise<Playground> =>
  openPlaygroundAt(systemClock, ...flags)

/** The same on another clock. */
export async function openPlaygroundAt(clock: Clock, ...flags: string[]): Promise<Playground> {
  const hatchery = await startHatchery({
    ...{ driver: 'local', clock },
    flags: [...ownPorts(), '--limits-grace-seconds=1', '--metrics-sample-seconds=1', ...flags],
  })
  const { appId } = await client(hatchery).appsV2.createApp({
    appName: 'arena',
    authConfiguration: {},
  })
  const playground = { cloud: client(hatchery, appId), appId, hatchery }
  onTestFinished(() => stopAll(playground))
  return playground
}

/** Its server goes on as another one on the same data, as after an upgrade; with other flags where they are given. */
export async function reopened(
  { appId, hatchery }: Playground,
  flags?: readonly string[],
): Promise<Playground> {
  const next = await hatchery.restart(flags)
  const playground = { cloud: client(next, appId), appId, hatchery: next }
  onTestFinished(() => stopAll(playground))
  return playground
}

const client = ({ url, token }: TestHatchery, appId?: string): HathoraCloud =>
  new HathoraCloud({
    serverURL: url,
    hathoraDevToken: token,
    ...(appId !== undefined && { appId }),
  })

/** Servers of tests run side by side on one machine: each gives out other numbers. */
export function ownPorts(): string[] {
  const { from, to } = ownRange(20_000, portsPerServer, 300)
  return [`--ports-from=${from}`, `--ports-to=${to}`]
}

/** Uploads, runs and checks a build as the official command line does; answers its id and output. */
export async function built(
  { cloud }: Cloud,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ buildId: string; output: string }> {
  const archive = tarball(files)
  const created = await cloud.buildsV3.createBuild({ buildSizeInBytes: archive.length })
  await upload(created, archive)
  const output = await textOf(await cloud.buildsV3.runBuild(created.buildId))
  const { buildId, status } = await cloud.buildsV3.getBuild(created.buildId)
  if (status !== 'succeeded') throw new Error(`build ${status}: ${output}`)
  return { buildId, output }
}

/** The latest deployment is now one of these files. A container port below 1024 is never given out as it is. */
export async function deployed(
  playground: Cloud,
  files: Readonly<Record<string, string | Uint8Array>>,
  given: Partial<DeploymentConfigV3> = {},
): Promise<void> {
  const { buildId } = await built(playground, files)
  await playground.cloud.deploymentsV3.createDeployment({
    ...{ buildId, env: [], idleTimeoutEnabled: false, roomsPerProcess: 1 },
    ...{ transportType: 'udp', containerPort: 7, requestedCPU: 1, requestedMemoryMB: 512 },
    ...given,
  })
}

/** The process once it has one of these statuses. Rejects at once when it ended otherwise. */
export async function until(
  { cloud }: Cloud,
  processId: string,
  ...statuses: Status[]
): Promise<ProcessV3> {
  return await eventually(`${processId} is ${statuses.join(' or ')}`, async () => {
    const process = await cloud.processesV3.getProcess(processId)
    if (statuses.includes(process.status)) return process
    if (unfinished.includes(process.status)) return false
    throw new Error(`the process ${process.status}: ${process.summaryExitReason}`)
  })
}

/** A new process of the latest deployment, once it runs. */
export async function running(
  playground: Cloud,
  region: ProcessV3['region'] = 'Seattle',
): Promise<ProcessV3> {
  const { processId } = await playground.cloud.processesV3.createProcess(region)
  return await until(playground, processId, 'running')
}

/** Asks it to stop and waits until it did. */
export async function stopped(playground: Cloud, processId: string): Promise<ProcessV3> {
  await playground.cloud.processesV3.stopProcess(processId)
  return await until(playground, processId, 'stopped')
}

export const ended = (playground: Cloud, processId: string): Promise<ProcessV3> =>
  until(playground, processId, 'stopped', 'failed')

/** What Hatchery knows beside the API's record. */
export const viewOf = ({ hatchery, appId }: Playground, processId: string): Promise<ProcessView> =>
  hatchery.client.hatchery.getProcessView(processId, appId)

export function portOf({ processId, exposedPort }: ProcessV3): number {
  if (exposedPort === null) throw new Error(`${processId} has no port`)
  return exposedPort.port
}

/** The times that are set, in the order of a process' life. */
export const timesOf = (process: ProcessV3): number[] =>
  [
    process.createdAt,
    process.scheduledAt,
    process.bootedAt,
    process.startedAt,
    process.stoppingAt,
    process.terminatedAt,
  ].flatMap((time) => (time === null ? [] : [time.getTime()]))

/** Pids of everything that carries the stamp of a process. */
export const pidsOf = (processId: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && environmentOf(pid).includes(`HATHORA_PROCESS_ID=${processId}`))

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}

async function stopAll(playground: Playground): Promise<void> {
  await stopUnfinished(playground).catch(() => undefined)
  killRunsIn(playground.hatchery.data)
}

async function stopUnfinished({ cloud }: Cloud): Promise<void> {
  const left = await cloud.processesV3.getLatestProcesses(undefined, unfinished)
  for (const { processId } of left) {
    await cloud.processesV3.stopProcess(processId)
    await ended({ cloud }, processId)
  }
}

/** Ends by force whatever was started on this data folder. */
export function killRunsIn(data: string): void {
  const runs = join(data, 'run')
  if (!existsSync(runs)) return
  const ids = readdirSync(runs).filter((name) => !name.startsWith('.'))
  for (const pid of ids.flatMap(pidsOf)) killIfThere(pid)
}
