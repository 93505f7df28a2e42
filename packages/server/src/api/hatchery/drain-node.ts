/** A machine that shall be empty takes nothing new, and what is on it is drained; or it is taken back. */
import { HatcheryError } from '@hatchery/contract'
import { type Process, draining } from '../../domain/process.ts'
import type { Handler, Services } from '../context.ts'
import { show } from '../explain.ts'

/** What is written at once shares a commit, and a machine may have thousands. */
const perCommit = 100

export const drainNode: Handler<'DrainNode'> = async ({ params: { nodeId } }, { services }) => {
  const { store, engine, clock, log } = services
  assertNode(services, nodeId)
  await store.setNodeDraining(nodeId, true)
  log.info({ event: 'node.draining', nodeId }, 'draining')
  const at = clock.now()
  const drain = async ({ processId }: Process): Promise<void> => {
    await store.changeProcess(processId, (current) => draining(current, { kind: 'drained' }, at))
    engine.nudge(processId)
  }
  const all = await store.listByStatus(['starting', 'running'])
  const here = all.filter((process) => process.nodeId === nodeId)
  for (let from = 0; from < here.length; from += perCommit)
    await Promise.all(here.slice(from, from + perCommit).map(drain))
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
