/** What a driver is told to start for a process: read from the store at that moment. */
import { artifactFor } from '../domain/build.ts'
import type { Deployment } from '../domain/deployment.ts'
import { DriverError, type ProcessSpec } from '../domain/driver.ts'
import { type OwnApi, gameEnvironment } from '../domain/environment.ts'
import { type Process, originOf } from '../domain/process.ts'
import type { Node } from '../domain/region.ts'
import { problemOnNode } from '../domain/startable.ts'
import type { Store } from '../domain/store.ts'

export interface SpecSources {
  readonly store: Store
  readonly ownApi: OwnApi
}

/** Throws a DriverError, not a passing one, when something it needs is gone or cannot run on the node. */
export async function specOf(
  { store, ownApi }: SpecSources,
  process: Process,
  node: Node,
): Promise<ProcessSpec> {
  const deployment = await deploymentOf(store, process)
  const build = await store.findBuild(process.orgId, process.buildId)
  const application = await store.findApplication(process.orgId, process.appId)
  if (build === undefined || application === undefined) {
    throw new DriverError(`build ${process.buildId} is gone`, { temporary: false })
  }
  const artifact = artifactFor(build, node.driver)
  if (artifact === undefined) {
    throw new DriverError(problemOnNode(build, node) ?? 'it has no artifact', { temporary: false })
  }
  const { bindsLeasedPort } = node.driver
  return {
    installationId: store.installationId,
    ...originOf(process),
    isAllocated: process.isAllocated,
    fleetId: process.fleetId,
    createdAt: process.createdAt,
    scheduledAt: process.scheduledAt ?? process.createdAt,
    host: node.publicHost,
    artifact,
    env: gameEnvironment({ process, deployment, application, bindsLeasedPort, ownApi }),
    ports: process.ports.map(({ name, transport, containerPort, port }) => ({
      name,
      transport,
      containerPort,
      port,
    })),
    cpu: process.cpu,
    memoryMb: process.memoryMb,
  }
}

/** Throws a DriverError when it is gone. */
export async function deploymentOf(store: Store, process: Process): Promise<Deployment> {
  const deployment = await store.findDeployment(process.appId, process.deploymentId)
  if (deployment !== undefined) return deployment
  throw new DriverError(`deployment ${process.deploymentId} is gone`, { temporary: false })
}
