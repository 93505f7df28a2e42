/** What a process becomes as a container: the body of `POST /containers/create`. Pure. */
import type { ImageArtifact, ProcessSpec, SpecPort } from '../../domain/driver.ts'
import type { ProcessId } from '../../domain/process.ts'

/** Whether containers have a network of their own, with published ports, or share the host's. */
export type NetworkMode = 'bridge' | 'host'

export interface ContainerOptions {
  readonly network: NetworkMode
  /** Whether programs can write only to their own volumes and /tmp. */
  readonly readOnlyRoot: boolean
  /** Made before a process needs it. */
  readonly isHeld?: boolean
}

/** The stamp by which a container is found again. */
export const labels = {
  installation: 'dev.hatchery.installation',
  process: 'dev.hatchery.process',
  network: 'dev.hatchery.network',
  spec: 'dev.hatchery.spec',
  held: 'dev.hatchery.held',
} as const

export const containerName = (processId: ProcessId): string => `hatchery-${processId}`

const megabyte = 1_048_576
const periodUs = 100_000
/** More than any game server starts, and far less than what a fork bomb needs to hurt the machine. */
const mostPids = 4_096

export function containerBody(spec: ProcessSpec<ImageArtifact>, options: ContainerOptions) {
  const { network, readOnlyRoot, isHeld } = options
  const memoryBytes = spec.memoryMb * megabyte
  return {
    Image: `sha256:${spec.artifact.contentHash}`,
    Env: Object.entries(spec.env).map(([name, value]) => `${name}=${value}`),
    Labels: {
      [labels.installation]: spec.installationId,
      [labels.process]: spec.processId,
      [labels.network]: network,
      [labels.spec]: JSON.stringify(spec),
      ...(isHeld === true && { [labels.held]: 'true' }),
    },
    ...(network === 'bridge' && { ExposedPorts: exposed(spec.ports) }),
    HostConfig: {
      NetworkMode: network,
      // An engine with user namespaces refuses the network of the host to what has one of its own.
      ...(network === 'host' && { UsernsMode: 'host' }),
      ...(network === 'bridge' && { PortBindings: published(spec.ports) }),
      // A program that is process 1 and has no handler for SIGTERM would ignore it.
      Init: true,
      Memory: memoryBytes,
      MemorySwap: memoryBytes,
      CpuPeriod: periodUs,
      CpuQuota: Math.max(1_000, Math.round(spec.cpu * periodUs)),
      PidsLimit: mostPids,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ...(readOnlyRoot && { ReadonlyRootfs: true, Tmpfs: { '/tmp': 'mode=1777' } }),
      RestartPolicy: { Name: 'no' },
      // What is written goes into our own log at once; the engine keeps what it needs while we are away, and no more.
      LogConfig: { Type: 'local', Config: { 'max-size': '16m', 'max-file': '2' } },
    },
  } as const
}

/** `7777/udp` */
const portKey = ({ containerPort, transport }: SpecPort): string =>
  `${containerPort}/${transport === 'udp' ? 'udp' : 'tcp'}`

const exposed = (ports: readonly SpecPort[]): Record<string, object> =>
  Object.fromEntries(ports.map((port) => [portKey(port), {}]))

const published = (ports: readonly SpecPort[]): Record<string, readonly { HostPort: string }[]> =>
  Object.fromEntries(ports.map((port) => [portKey(port), [{ HostPort: String(port.port) }]]))
