/** A new deployment, the same for every version of the API that makes one. */
import { type DeploymentConfigV3, HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import type { ContainerPort, Deployment } from '../domain/deployment.ts'
import { isReservedName } from '../domain/environment.ts'
import { problemAnywhere } from '../domain/startable.ts'
import type { Auth } from './auth.ts'
import type { Services } from './context.ts'
import { assertNoZeroByte, show } from './explain.ts'
import { assertFleet } from './find.ts'

/** Durable, and from now on new processes are made of it. Throws `invalid` for what the schema cannot tell. */
export async function makeDeployment(
  { services, auth }: { services: Services; auth: Auth },
  application: Application,
  config: DeploymentConfigV3,
): Promise<Deployment> {
  const { store, engine, clock, log, uuid, maxMemoryMb } = services
  assertEnvironment(config.env)
  assertResources(config, maxMemoryMb)
  if (config.fleetId !== undefined) await assertFleet({ services, auth }, config.fleetId)
  const { transportType, containerPort } = config
  const defaultContainerPort = { name: 'default', port: containerPort, transportType }
  const additionalContainerPorts = config.additionalContainerPorts ?? []
  assertPorts([defaultContainerPort, ...additionalContainerPorts])
  await assertStartable(services, application, config.buildId)
  const deployment = await store.insertDeployment({
    deploymentId: `dep-${uuid()}`,
    orgId: application.orgId,
    appId: application.appId,
    buildId: config.buildId,
    deploymentTag: config.deploymentTag ?? null,
    fleetId: config.fleetId ?? null,
    idleTimeoutEnabled: config.idleTimeoutEnabled,
    roomsPerProcess: config.roomsPerProcess,
    env: config.env,
    ...{ defaultContainerPort, additionalContainerPorts },
    requestedCPU: config.requestedCPU,
    requestedMemoryMB: config.requestedMemoryMB,
    requestedGPU: 0,
    createdAt: clock.now(),
    createdBy: auth.by,
  })
  const { deploymentId, appId, buildId } = deployment
  log.info({ event: 'deployment.created', deploymentId, appId, buildId }, 'deployed')
  engine.applicationChanged(application)
  return deployment
}

/** A build that is unknown or did not succeed is refused by the store, in its own words. */
async function assertStartable(
  { store, regions }: Services,
  { orgId }: Application,
  buildId: string,
): Promise<void> {
  const build = await store.findBuild(orgId, buildId)
  if (build?.status !== 'succeeded') return
  const problem = problemAnywhere(build, regions)
  if (problem !== undefined) throw new HatcheryError('invalid', problem)
}

function assertEnvironment(env: DeploymentConfigV3['env']): void {
  const seen = new Set<string>()
  for (const { name, value } of env) {
    if (isReservedName(name)) {
      throw new HatcheryError(
        'invalid',
        `body.env may not set ${name}: HATHORA_*, HATCHERY_*, PORT and PORT_* are set by the server`,
      )
    }
    if (seen.has(name)) throw new HatcheryError('invalid', `body.env has ${name} twice`)
    assertNoZeroByte(`body.env: the value of ${name}`, value)
    seen.add(name)
  }
}

/** More than any machine has. */
const mostCpu = 1_024

function assertResources(body: DeploymentConfigV3, maxMemoryMb: number): void {
  if (body.requestedMemoryMB > maxMemoryMb) {
    throw new HatcheryError(
      'invalid',
      `body.requestedMemoryMB must be at most ${maxMemoryMb}; got ${body.requestedMemoryMB}`,
    )
  }
  if (body.requestedCPU > mostCpu) {
    throw new HatcheryError(
      'invalid',
      `body.requestedCPU must be at most ${mostCpu}; got ${body.requestedCPU}`,
    )
  }
  const gpu = Math.max(body.requestedGPU ?? 0, body.experimentalRequestedGPU ?? 0)
  if (gpu !== 0)
    throw new HatcheryError(
      'invalid',
      `body.requestedGPU must be 0: no region here has GPUs; got ${gpu}`,
    )
}

function assertPorts(ports: readonly ContainerPort[]): void {
  const names = new Set<string>()
  const numbers = new Set<number>()
  for (const { name, port, transportType } of ports) {
    if (names.has(name))
      throw new HatcheryError(
        'invalid',
        `the port name ${show(name)} is there twice; the first port is named "default"`,
      )
    if (numbers.has(port)) throw new HatcheryError('invalid', `the port ${port} is there twice`)
    if (transportType === 'tls') {
      throw new HatcheryError(
        'invalid',
        `the port ${port} wants tls, which no region here offers yet: use tcp, or put a TLS proxy before it`,
      )
    }
    names.add(name)
    numbers.add(port)
  }
}
