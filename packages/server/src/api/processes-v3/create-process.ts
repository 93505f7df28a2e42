import { HatcheryError } from '@hatchery/contract'
import { containerPorts } from '../../domain/deployment.ts'
import { processV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getApplication, getBuild, getLatestDeployment, getNode } from '../find.ts'

/** A process of the newest deployment, accepted and durable; the engine starts it after the answer. */
export const createProcess: Handler<'CreateProcess'> = async ({ params }, context) => {
  const { store, engine, clock, log, uuid, assertDiskSpace } = context.services
  const application = await getApplication(context, params.appId)
  const node = getNode(context, params.region)
  const deployment = await getLatestDeployment(context, application)
  const build = await getBuild(context, deployment.buildId)
  if (build.deletedAt !== null) {
    throw new HatcheryError(
      'invalid',
      `build ${build.buildId} of the latest deployment was deleted: deploy another build`,
    )
  }
  assertDiskSpace()
  const process = await store.insertProcess(
    {
      processId: uuid(),
      orgId: application.orgId,
      appId: application.appId,
      deploymentId: deployment.deploymentId,
      buildId: deployment.buildId,
      region: params.region,
      nodeId: node.nodeId,
      roomsPerProcess: deployment.roomsPerProcess,
      idleTimeoutEnabled: deployment.idleTimeoutEnabled,
      cpu: deployment.requestedCPU,
      memoryMb: deployment.requestedMemoryMB,
      createdAt: clock.now(),
    },
    {
      ports: containerPorts(deployment),
      range: node.driver.leasesPorts ? node.ports : null,
      host: node.publicHost,
    },
  )
  engine.nudge(process.processId)
  const { processId, appId, region } = process
  log.info({ event: 'process.starting', processId, appId, region }, 'starting')
  return processV3(process)
}
