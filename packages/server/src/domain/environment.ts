/** The environment that a game server sees, besides what its place sets itself. */
import type { Application } from './application.ts'
import type { Deployment } from './deployment.ts'
import type { Process } from './process.ts'

/** Names a deployment may not set: they are ours. */
export const isReservedName = (name: string): boolean =>
  /^(HATHORA_|HATCHERY_|PORT$|PORT_)/.test(name)

/** How a game server reaches this API, for itself. */
export interface OwnApi {
  /** Its address, without a trailing slash; null while it is not known. */
  url(): string | null
  tokenOf(processId: string): string
}

export interface EnvironmentParts {
  readonly process: Process
  readonly deployment: Deployment
  readonly application: Application
  /** Whether the program binds the leased port itself (a place without networks of its own). */
  readonly bindsLeasedPort: boolean
  readonly ownApi: OwnApi
}

/** Deployment's own first, so that ours cannot be overridden. */
export function gameEnvironment(parts: EnvironmentParts): Record<string, string> {
  const { process, deployment, application } = parts
  return {
    ...Object.fromEntries(deployment.env.map(({ name, value }) => [name, value])),
    ...portVariables(parts),
    HATHORA_APP_ID: application.appId,
    HATHORA_APP_SECRET: application.appSecret,
    HATHORA_PROCESS_ID: process.processId,
    HATHORA_DEPLOYMENT_ID: deployment.deploymentId,
    HATHORA_BUILD_TAG: deployment.buildTag ?? '',
    HATHORA_REGION: process.region,
    HATHORA_ROOMS_PER_PROCESS: String(process.roomsPerProcess),
    HATHORA_HOSTNAME: process.ports[0]?.host ?? '',
    HATHORA_ALLOCATED_CPU: String(process.cpu),
    HATHORA_ALLOCATED_MEMORY_MB: String(process.memoryMb),
    ...roomVariables(process),
    ...ownApiVariables(process, parts.ownApi),
  }
}

function ownApiVariables({ processId }: Process, ownApi: OwnApi): Record<string, string> {
  const url = ownApi.url()
  return {
    HATCHERY_PROCESS_TOKEN: ownApi.tokenOf(processId),
    ...(url !== null && { HATCHERY_API_URL: url }),
  }
}

/** Only for a process that was started for a room. */
function roomVariables({ initialRoom }: Process): Record<string, string> {
  if (initialRoom === null) return {}
  const { roomId, roomConfig } = initialRoom
  return {
    HATHORA_INITIAL_ROOM_ID: roomId,
    ...(roomConfig !== null && { HATHORA_INITIAL_ROOM_CONFIG: roomConfig }),
  }
}

function portVariables({ process, bindsLeasedPort }: EnvironmentParts): Record<string, string> {
  const variables: Record<string, string> = {}
  process.ports.forEach((leased, index) => {
    const name = leased.name.toUpperCase().replaceAll('-', '_')
    const bind = String(bindsLeasedPort ? leased.port : leased.containerPort)
    variables[`HATHORA_${name}_PORT`] = String(leased.port)
    variables[`PORT_${name}`] = bind
    if (index > 0) return
    variables['HATHORA_DEFAULT_PORT'] = String(leased.port)
    variables['PORT'] = bind
  })
  return variables
}
