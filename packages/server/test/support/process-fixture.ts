/** A process as a test needs it: everything plausible, only what matters named. */
import type { EndedObservation, ProcessSpec, RunningObservation } from '../../src/domain/driver.ts'
import type { Process } from '../../src/domain/process.ts'

export const t0 = 1_700_000_000_000

export const limits = { bindMs: 100_000, startMs: 600_000, graceMs: 30_000, drainMs: 86_400_000 }

export function aProcess(given: Partial<Process> = {}): Process {
  return {
    processId: '7d1c2f0e-0000-4000-8000-000000000001',
    seq: 1,
    orgId: 'org-1',
    appId: 'app-1',
    deploymentId: 'dep-1',
    buildId: 'bld-1',
    region: 'Seattle',
    nodeId: 'local',
    status: 'starting',
    wanted: { kind: 'run' },
    roomsPerProcess: 4,
    roomsAllocated: 0,
    initialRoom: null,
    isAllocated: false,
    fleetId: null,
    idleTimeoutEnabled: true,
    cpu: 0.25,
    memoryMb: 512,
    createdAt: t0,
    scheduledAt: null,
    bootedAt: null,
    startedAt: null,
    stoppingAt: null,
    terminatedAt: null,
    ports: [],
    exitCode: null,
    exitReason: null,
    ...given,
  }
}

export const port = {
  name: 'default',
  transport: 'udp' as const,
  containerPort: 7777,
  host: '127.0.0.1',
  port: 20_013,
}

export const scheduledProcess = (given: Partial<Process> = {}): Process =>
  aProcess({ scheduledAt: t0 + 1, ports: [port], ...given })

export const bootedProcess = (given: Partial<Process> = {}): Process =>
  scheduledProcess({ bootedAt: t0 + 2, ...given })

export const runningProcess = (given: Partial<Process> = {}): Process =>
  bootedProcess({ status: 'running', startedAt: t0 + 3, ...given })

export function aSpec(given: Partial<ProcessSpec> = {}): ProcessSpec {
  const { processId, orgId, appId, deploymentId, buildId, region, nodeId } = aProcess()
  return {
    installationId: 'installation-1',
    ...{ processId, orgId, appId, deploymentId, buildId, region, nodeId },
    roomsPerProcess: 4,
    idleTimeoutEnabled: true,
    createdAt: t0,
    scheduledAt: t0 + 1,
    host: '127.0.0.1',
    artifact: { kind: 'folder', contentHash: 'a'.repeat(64), command: './server' },
    env: {},
    ports: [{ name: 'default', transport: 'udp', containerPort: 7777, port: 20_013 }],
    cpu: 0.25,
    memoryMb: 512,
    ...given,
  }
}

export const seenRunning = (given: Partial<RunningObservation> = {}): RunningObservation => ({
  state: 'running',
  processId: aProcess().processId,
  spec: aSpec(),
  bootedAt: t0 + 2,
  boundAt: null,
  boundInstead: null,
  ...given,
})

export const seenEnded = (given: Partial<EndedObservation> = {}): EndedObservation => ({
  state: 'ended',
  processId: aProcess().processId,
  spec: aSpec(),
  bootedAt: t0 + 2,
  boundAt: t0 + 3,
  boundInstead: null,
  endedAt: t0 + 50,
  exit: { kind: 'code', code: 0 },
  ...given,
})
