import { HatcheryError } from '@hatchery/contract'
import { type ServingNode, nodesInRegion, servingNodes, takes } from '../../domain/fleet-nodes.ts'
import type { Handler, Services } from '../context.ts'
import { show } from '../explain.ts'
import { assertRegion, getFleet } from '../find.ts'
import { nodeV1 } from './node-v1.ts'

/** Its own and those that all share, each once: as one of the region that is asked for, else of the first it serves. */
export const listProvisionedNodes: Handler<'ListProvisionedNodes'> = async (
  { params, query },
  context,
) => {
  const { services } = context
  const fleet = await getFleet(context, params.fleetId, query.orgId)
  const { region } = query
  if (region === undefined) {
    const nodes = servingNodes(services.regions).filter(({ node }) => takes(node, fleet))
    return await shown(services, nodes)
  }
  assertRegion(context, region)
  const nodes = nodesInRegion(services.regions, fleet, region)
  return await shown(
    services,
    nodes.map((node) => ({ node, region })),
  )
}

export const getNode: Handler<'GetNode'> = async ({ params: { nodeId } }, { services }) => {
  const serving = servingNodes(services.regions).filter(({ node }) => node.nodeId === nodeId)
  const [found] = await shown(services, serving)
  if (found !== undefined) return found
  throw new HatcheryError('not-found', `there is no node ${show(nodeId)} that serves a region`)
}

async function shown({ store, clock }: Services, nodes: readonly ServingNode[]) {
  const loads = new Map((await store.listNodeLoads()).map((load) => [load.nodeId, load]))
  const now = clock.now()
  return nodes.map(({ node, region }) =>
    nodeV1(node, { region, load: loads.get(node.nodeId), now }),
  )
}
