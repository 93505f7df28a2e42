/** The sample game: made once per server, found again afterwards, and one process of it kept running. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Hatchery, ProcessV3 } from '@hatchery/client'
import { Failure } from './failure.ts'
import { buildFrom } from './shipping/build.ts'
import { silent } from './shipping/progress.ts'
import { type SampleFolderOptions, sampleFolder } from './sample-folder.ts'

export interface SampleGame {
  readonly appId: string
  readonly appName: string
  readonly process: ProcessV3
  /** Whether it ran before this call. */
  readonly wasThere: boolean
}

const appName = 'sample-game'
const patienceMs = 60_000

export interface SampleGameOptions extends SampleFolderOptions {
  readonly region: string
}

export async function runSampleGame(
  client: Hatchery,
  options: SampleGameOptions,
): Promise<SampleGame> {
  const { region } = options
  const appId = await findOrCreateApp(client)
  await ensureDeployed(client, appId, options)
  const alive = await client.processesV3.getLatestProcesses(appId, ['running', 'starting'])
  const process = alive[0] ?? (await client.processesV3.createProcess(region, appId))
  return {
    appId,
    appName,
    process: await untilRunning(client, process),
    wasThere: alive.length > 0,
  }
}

async function findOrCreateApp(client: Hatchery): Promise<string> {
  const { applications } = await client.appsV2.getApps()
  const found = applications.find((application) => application.appName === appName)
  return found?.appId ?? (await client.appsV2.createApp({ appName, authConfiguration: {} })).appId
}

async function ensureDeployed(
  client: Hatchery,
  appId: string,
  options: SampleFolderOptions,
): Promise<void> {
  const { deployments } = await client.deploymentsV3.getDeployments(appId)
  if (deployments.length > 0) return
  options.say('deploying the sample game')
  using folder = sampleFolder(options)
  const buildId = await buildFrom({
    ...{ client, source: { folder: folder.path }, buildTag: 'sample', progress: silent },
    signal: new AbortController().signal,
  })
  const deployment = {
    ...{ buildId, env: [], idleTimeoutEnabled: false, roomsPerProcess: 4 },
    ...{
      transportType: 'udp' as const,
      containerPort: 7_777,
      requestedCPU: 0.25,
      requestedMemoryMB: 512,
    },
  }
  await client.deploymentsV3.createDeployment(deployment, appId)
}

async function untilRunning(client: Hatchery, process: ProcessV3): Promise<ProcessV3> {
  let current = process
  for (let waited = 0; waited < patienceMs; waited += 20) {
    if (current.status === 'running') return current
    if (current.status !== 'starting') throw ended(current)
    await delay(20)
    current = await client.processesV3.getProcess(process.processId, process.appId)
  }
  throw new Failure(`the sample game did not come up within ${patienceMs / 1000} s`, {
    exitCode: 8,
  })
}

const ended = ({ status, summaryExitReason }: ProcessV3): Failure =>
  new Failure(`the sample game ${status}: ${summaryExitReason ?? 'no reason is known'}`, {
    exitCode: 7,
  })
