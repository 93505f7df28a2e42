/** How a build shall run: what the flags say, else what the newest deployment says, else plain defaults. */
import type { DeploymentConfigV3, DeploymentV3 } from '@hatchery/client'
import type { FlagSpecs } from '../command.ts'
import { Failure, usageFailure } from '../failure.ts'

export interface DeploymentFlags {
  readonly port: string | undefined
  readonly 'also-port': readonly string[]
  readonly rooms: number | undefined
  readonly cpu: number | undefined
  readonly 'memory-mb': number | undefined
  readonly env: readonly string[]
  readonly 'unset-env': readonly string[]
  readonly 'idle-timeout': string | undefined
  readonly 'container-port': number | undefined
  readonly 'transport-type': string | undefined
  readonly 'requested-gpu': number | undefined
  readonly 'from-latest': boolean
  readonly 'deployment-tag': string | undefined
  /** An id. */
  readonly fleet: string | undefined
}

/** The flags of `deploy`; `run` has some of them. */
export const deploymentFlags = {
  port: {
    type: 'text',
    value: 'PORT/TRANSPORT',
    description: 'the port the game server listens on, as 7777/udp or 8080/tcp',
  },
  'container-port': {
    ...{ type: 'number', value: 'PORT', variable: 'HATHORA_DEPLOYMENT_CONTAINER_PORT' },
    description: 'the port alone, as in the official command line',
  },
  'transport-type': {
    ...{ type: 'text', value: 'TRANSPORT', choices: ['tcp', 'udp', 'tls'] },
    ...{ variable: 'HATHORA_DEPLOYMENT_TRANSPORT_TYPE', description: 'what --container-port is' },
  },
  'also-port': {
    type: 'list',
    value: 'NAME:PORT/TRANSPORT',
    also: ['additional-container-ports'],
    variable: 'HATHORA_DEPLOYMENT_ADDITIONAL_CONTAINER_PORTS',
    description: 'another port it listens on, as query:7778/udp',
  },
  rooms: {
    type: 'number',
    value: 'N',
    also: ['rooms-per-process'],
    variable: 'HATHORA_DEPLOYMENT_ROOMS_PER_PROCESS',
    description: 'rooms that one process holds',
  },
  cpu: {
    type: 'number',
    value: 'CORES',
    also: ['requested-cpu'],
    variable: 'HATHORA_DEPLOYMENT_REQUESTED_CPU',
    description: 'cores of one process, from 0.25',
  },
  'memory-mb': {
    type: 'number',
    value: 'MB',
    also: ['requested-memory-mb'],
    variable: 'HATHORA_DEPLOYMENT_REQUESTED_MEMORY_MB',
    description: 'memory of one process, from 512',
  },
  env: {
    type: 'list',
    value: 'NAME=VALUE',
    variable: 'HATHORA_DEPLOYMENT_ENV',
    description: 'a variable of its environment; others stay as they were',
  },
  'unset-env': { type: 'list', value: 'NAME', description: 'a variable to take away' },
  'idle-timeout': {
    type: 'text',
    value: 'on|off',
    choices: ['on', 'off', 'true', 'false'],
    variable: 'HATHORA_DEPLOYMENT_IDLE_TIMEOUT_ENABLED',
    description: 'whether a process ends when nobody plays on it',
  },
  'requested-gpu': {
    ...{ type: 'number', value: 'N', variable: 'HATHORA_DEPLOYMENT_REQUESTED_GPU' },
    description: 'GPUs of one process',
  },
  'from-latest': {
    ...{ type: 'switch', variable: 'HATHORA_DEPLOYMENT_FROM_LATEST' },
    description: 'refuse where there is no deployment yet to take the rest from',
  },
  'deployment-tag': {
    ...{ type: 'text', value: 'TAG', variable: 'HATHORA_DEPLOYMENT_DEPLOYMENT_TAG' },
    description: 'a label of the deployment',
  },
  fleet: {
    ...{ type: 'text', value: 'FLEET', also: ['fleet-id'], complete: 'fleet' },
    variable: 'HATHORA_DEPLOYMENT_FLEET_ID',
    description: 'the name or id of the fleet it runs in',
  },
} as const satisfies FlagSpecs

/** Throws a usage failure that names the flag. */
export function deploymentConfig(
  buildId: string,
  flags: DeploymentFlags,
  before: DeploymentV3 | undefined,
): DeploymentConfigV3 {
  if (flags['from-latest'] && before === undefined)
    throw new Failure('there is no deployment yet that --from-latest could start from', {
      ...{ exitCode: 3, code: 'not-found', attempt: 'hatchery deploy -h' },
    })
  const port = portOf(flags, before?.defaultContainerPort)
  if (port === undefined)
    throw usageFailure('the first deployment needs --port, as --port 7777/udp')
  return {
    buildId,
    containerPort: port.port,
    transportType: port.transportType,
    additionalContainerPorts: alsoPorts(flags, before),
    env: environment(flags, before),
    roomsPerProcess: flags.rooms ?? before?.roomsPerProcess ?? 1,
    requestedCPU: flags.cpu ?? before?.requestedCPU ?? 0.5,
    requestedMemoryMB: flags['memory-mb'] ?? before?.requestedMemoryMB ?? 1_024,
    idleTimeoutEnabled: idleTimeout(flags, before),
    ...gpus(flags, before),
    ...(flags['deployment-tag'] !== undefined && { deploymentTag: flags['deployment-tag'] }),
    ...fleetIn(flags.fleet ?? before?.fleetId),
  }
}

const fleetIn = (fleetId: string | undefined) => fleetId !== undefined && { fleetId }

function gpus(
  flags: DeploymentFlags,
  before: DeploymentV3 | undefined,
): Pick<DeploymentConfigV3, 'requestedGPU'> {
  const requestedGPU = flags['requested-gpu'] ?? before?.requestedGPU
  return requestedGPU === undefined ? {} : { requestedGPU }
}

type Port = DeploymentV3['defaultContainerPort']

/** `--port` says both; of the other two, one that is left out stays as it was. */
function portOf(flags: DeploymentFlags, before: Port | undefined): Omit<Port, 'name'> | undefined {
  if (flags.port !== undefined) return readPort(flags.port)
  const number = flags['container-port'] ?? before?.port
  if (number === undefined) return undefined
  return readPort(`${number}/${flags['transport-type'] ?? before?.transportType ?? 'tcp'}`)
}

/** `7777/udp`; `tcp` where nothing else is said. */
function readPort(text: string): Omit<Port, 'name'> {
  const [, number = '', transport = 'tcp'] = /^(\d{1,5})(?:\/(udp|tcp|tls))?$/.exec(text) ?? []
  const port = Number(number)
  if (port >= 1 && port <= 65_535) return { port, transportType: transport }
  throw usageFailure(
    `a port is a number of 1 to 65535 and udp, tcp or tls, as 7777/udp; got "${text}"`,
  )
}

function alsoPorts(flags: DeploymentFlags, before: DeploymentV3 | undefined): Port[] {
  if (flags['also-port'].length === 0) return before?.additionalContainerPorts ?? []
  return flags['also-port'].map((text) => {
    const [name = '', port] = text.split(':')
    if (port === undefined)
      throw usageFailure(`--also-port has a name before its port, as query:7778/udp; got "${text}"`)
    return { name, ...readPort(port) }
  })
}

function environment(
  flags: DeploymentFlags,
  before: DeploymentV3 | undefined,
): DeploymentConfigV3['env'] {
  const variables = new Map((before?.env ?? []).map(({ name, value }) => [name, value]))
  for (const name of flags['unset-env']) variables.delete(name)
  for (const text of flags.env) {
    const at = text.indexOf('=')
    if (at < 1) throw usageFailure(`--env has the form NAME=VALUE; got "${text}"`)
    variables.set(text.slice(0, at), text.slice(at + 1))
  }
  return [...variables].map(([name, value]) => ({ name, value }))
}

function idleTimeout(flags: DeploymentFlags, before: DeploymentV3 | undefined): boolean {
  const given = flags['idle-timeout']
  if (given === undefined) return before?.idleTimeoutEnabled ?? true
  return given === 'on' || given === 'true'
}

/** A line for each field that differs: `rooms  1 -> 4`. Values of variables are not shown. */
export function changesOf(
  before: DeploymentV3 | undefined,
  next: DeploymentConfigV3,
): readonly string[] {
  const old = before === undefined ? {} : shownFields(fieldsOf(before))
  const fresh = shownFields(next)
  return Object.entries(fresh).flatMap(([name, value]) =>
    old[name] === value ? [] : [`${name}  ${old[name] ?? '-'} -> ${value}`],
  )
}

/** The fields of a deployment as they are given for a new one. */
export function fieldsOf(deployment: DeploymentV3): DeploymentConfigV3 {
  const { buildId, env, roomsPerProcess, requestedCPU, requestedMemoryMB } = deployment
  const { defaultContainerPort, additionalContainerPorts, idleTimeoutEnabled } = deployment
  return {
    ...{ buildId, env, roomsPerProcess, requestedCPU, requestedMemoryMB, idleTimeoutEnabled },
    ...{ additionalContainerPorts, containerPort: defaultContainerPort.port },
    transportType: defaultContainerPort.transportType,
    ...(deployment.deploymentTag !== undefined && { deploymentTag: deployment.deploymentTag }),
    ...fleetIn(deployment.fleetId),
  }
}

function shownFields(config: DeploymentConfigV3): Record<string, string> {
  const others = (config.additionalContainerPorts ?? []).map(
    ({ name, port, transportType }) => `${name}:${port}/${transportType}`,
  )
  return {
    build: config.buildId,
    port: `${config.containerPort}/${config.transportType}`,
    'other ports': others.join(' ') || '-',
    rooms: String(config.roomsPerProcess),
    cpu: String(config.requestedCPU),
    memory: `${config.requestedMemoryMB} MB`,
    environment: config.env.map(({ name }) => name).join(' ') || '-',
    'idle timeout': config.idleTimeoutEnabled ? 'on' : 'off',
    tag: config.deploymentTag ?? '-',
    fleet: config.fleetId ?? '-',
  }
}
