/** Whether a build can run somewhere: its archive must have had what the place there starts from. Pure. */
import type { Build } from './build.ts'
import { artifactFor } from './build.ts'
import type { Node, Regions } from './region.ts'

/** Why a build cannot run in a region, with the way out; undefined when it can, and where the region has no node. */
export const problemInRegion = (
  build: Build,
  regions: Regions,
  region: string,
): string | undefined => problemOn(build, regions.nodesOf(region), `in region ${region}`)

/** Why a build cannot run anywhere here. */
export const problemAnywhere = (build: Build, regions: Regions): string | undefined =>
  problemOn(build, regions.nodes, 'in any region here')

/** Why a build cannot run on a node. */
export const problemOnNode = (build: Build, node: Node): string | undefined =>
  problemOn(build, [node], `on node ${node.nodeId}`)

/** Why none of these nodes can start it; undefined when one can, and where there is none. */
export function problemOn(build: Build, nodes: readonly Node[], where: string): string | undefined {
  if (nodes.length === 0 || nodes.some(({ driver }) => artifactFor(build, driver))) return undefined
  const files = new Set(nodes.map(({ driver }) => `a ${driver.startsFrom}`))
  return (
    `build ${build.buildId} cannot run ${where}, which needs ${[...files].join(' or ')} at the root of the archive: ` +
    'add it and create another build'
  )
}
