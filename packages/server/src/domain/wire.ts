/** Our records as the API shows them. */
import type { ExposedPort, ProcessV3 } from '@hatchery/contract'
import { type Instant, timestamp } from './clock.ts'
import { type LeasedPort, type Process, isFinal } from './process.ts'

const orNull = (at: Instant | null): string | null => (at === null ? null : timestamp(at))

const exposed = (port: LeasedPort): ExposedPort => ({
  name: port.name,
  host: port.host,
  port: port.port,
  transportType: port.transport,
})

/** A process as ProcessV3. A final one shows no ports: their numbers may be another's by now. */
export function processV3(process: Process): ProcessV3 {
  const [defaultPort, ...others] = isFinal(process.status) ? [] : process.ports
  return {
    appId: process.appId,
    processId: process.processId,
    deploymentId: process.deploymentId,
    region: process.region,
    status: process.status,
    roomsPerProcess: process.roomsPerProcess,
    roomsAllocated: process.roomsAllocated,
    createdAt: timestamp(process.createdAt),
    scheduledAt: orNull(process.scheduledAt),
    bootedAt: orNull(process.bootedAt),
    startedAt: orNull(process.startedAt),
    stoppingAt: orNull(process.stoppingAt),
    terminatedAt: orNull(process.terminatedAt),
    exposedPort: defaultPort === undefined ? null : exposed(defaultPort),
    additionalExposedPorts: others.map(exposed),
    ...(process.exitReason !== null && { summaryExitReason: process.exitReason }),
  }
}
