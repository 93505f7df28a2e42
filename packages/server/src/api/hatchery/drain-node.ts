/** A machine that shall be empty takes nothing new, and what is on it is drained; or it is taken back. */
import { HatcheryError } from '@hatchery/contract'
import { draining } from '../../domain/process.ts'
import type { Handler, Services } from '../context.ts'
import { show } from '../explain.ts'

export const drainNode: Handler<'DrainNode'> = async ({ params: { nodeId } }, { services }) => {
  const { store, engine, clock, log } = services
  assertNode(services, nodeId)
  await store.setNodeDraining(nodeId, true)
  log.info({ event: 'node.draining', nodeId }, 'draining')
  const at = clock.now()
  for (const process of await store.listByStatus(['starting', 'running'])) {
    if (process.nodeId !== nodeId) continue
    const { processId } = process
    await store.changeProcess(processId, (current) => draining(current, { kind: 'drained' }, at))
    engine.nudge(processId)
  }
  engine.placesChanged()
}

export const resumeNode: Handler<'ResumeNode'> = async ({ params: { nodeId } }, { services }) => {
  assertNode(services, nodeId)
  await services.store.setNodeDraining(nodeId, false)
  services.engine.placesChanged()
  services.log.info({ event: 'node.resumed', nodeId }, 'taken back')
}

function assertNode({ regions }: Services, nodeId: string): void {
  if (regions.nodes.some((node) => node.nodeId === nodeId)) return
  const names = regions.nodes.map((node) => node.nodeId).join(', ')
  throw new HatcheryError('not-found', `there is no node ${show(nodeId)}; there is ${names}`)
}
