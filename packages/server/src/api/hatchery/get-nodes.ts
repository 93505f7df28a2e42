import type { Node } from '../../domain/region.ts'
import type { NodeLoad } from '../../domain/store.ts'
import type { Handler, Services } from '../context.ts'

export const getNodes: Handler<'GetNodes'> = async (_input, { services }) => {
  const loads = new Map((await services.store.listNodeLoads()).map((load) => [load.nodeId, load]))
  return services.regions.nodes.map((node) => nodeView(services, node, loads.get(node.nodeId)))
}

const nodeView = (
  { regions }: Services,
  { nodeId, driver, publicHost, capacity, fleet }: Node,
  load: NodeLoad | undefined,
) => ({
  ...{ nodeId, driver: driver.name, publicHost, fleet },
  regions: regions.plans
    .filter(({ nodeIds }) => nodeIds.includes(nodeId))
    .map(({ region }) => region),
  status: load?.isDraining ? ('draining' as const) : ('active' as const),
  processes: load?.processes ?? 0,
  cpu: { capacity: capacity.cpu, requested: load?.cpu ?? 0 },
  memoryMb: { capacity: capacity.memoryMb, requested: load?.memoryMb ?? 0 },
})
