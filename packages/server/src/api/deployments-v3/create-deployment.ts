import { type DeploymentConfigV3, HatcheryError } from '@hatchery/contract'
import type { ContainerPort } from '../../domain/deployment.ts'
import { isReservedName } from '../../domain/environment.ts'
import { deploymentV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertNoZeroByte, show } from '../explain.ts'
import { getApplication } from '../find.ts'

/** A build and how to run it; from now on new processes are made of it. */
export const createDeployment: Handler<'CreateDeployment'> = async ({ params, body }, context) => {
  const { store, clock, log, uuid, maxMemoryMb } = context.services
  const application = await getApplication(context, params.appId)
  assertEnvironment(body.env)
  assertResources(body, maxMemoryMb)
  const { transportType, containerPort } = body
  const defaultContainerPort = { name: 'default', port: containerPort, transportType }
  const additionalContainerPorts = body.additionalContainerPorts ?? []
  assertPorts([defaultContainerPort, ...additionalContainerPorts])
  const deployment = await store.insertDeployment({
    deploymentId: `dep-${uuid()}`,
    orgId: application.orgId,
    appId: application.appId,
    buildId: body.buildId,
    deploymentTag: body.deploymentTag ?? null,
    fleetId: body.fleetId ?? null,
    idleTimeoutEnabled: body.idleTimeoutEnabled,
    roomsPerProcess: body.roomsPerProcess,
    env: body.env,
    ...{ defaultContainerPort, additionalContainerPorts },
    requestedCPU: body.requestedCPU,
    requestedMemoryMB: body.requestedMemoryMB,
    requestedGPU: 0,
    createdAt: clock.now(),
    createdBy: context.auth.orgTokenId,
  })
  const { deploymentId, appId, buildId } = deployment
  log.info({ event: 'deployment.created', deploymentId, appId, buildId }, 'deployed')
  context.services.engine.applicationChanged(application)
  return deploymentV3(deployment)
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
