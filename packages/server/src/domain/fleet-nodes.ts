/** Which machines take processes of which fleet, and what that means for the fleet. Pure. */
import type { FleetErrorState } from '@hatchery/contract'
import { type Fleet, type FleetName, wishOf } from './fleet.ts'
import type { Node, Regions } from './region.ts'

const idPattern = /^fleet-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A machine of no fleet takes all; one that names a fleet only it. An id means that one, a name those of it. */
export function takes({ fleet: wanted }: Pick<Node, 'fleet'>, fleet: FleetName | null): boolean {
  if (wanted === null) return true
  if (fleet === null) return false
  return wanted === (idPattern.test(wanted) ? fleet.fleetId : fleet.name)
}

/** A machine, as one of a region. */
export interface ServingNode {
  readonly node: Node
  readonly region: string
}

/** Each machine once, as one of the first region that it serves; one that serves none is left out. */
export function servingNodes(regions: Regions): ServingNode[] {
  const found = new Map<Node, string>()
  for (const region of regions.names)
    for (const node of regions.nodesOf(region)) if (!found.has(node)) found.set(node, region)
  return [...found].map(([node, region]) => ({ node, region }))
}

export const nodesInRegion = (regions: Regions, fleet: FleetName | null, region: string): Node[] =>
  regions.nodesOf(region).filter((node) => takes(node, fleet))

/** Why a region has none of them: which it has, and whose they are. */
export function whyNoNode(regions: Regions, fleet: FleetName | null, region: string): string {
  const nodes = regions.nodesOf(region).map(({ nodeId, fleet: own }) => `${nodeId} is of ${own}`)
  const guest = fleet === null ? 'no fleet' : `the fleet ${fleet.name}`
  return `no node of ${region} takes processes of ${guest}: ${nodes.join(', ')}`
}

/** What is wrong with a fleet, by region; empty where nothing is. */
export function fleetErrors(regions: Regions, fleet: Fleet): Record<string, FleetErrorState> {
  return Object.fromEntries(
    regions.names.flatMap((region) => {
      const problem = problemIn(regions, fleet, region)
      return problem === undefined ? [] : [[region, stateOf(problem)]]
    }),
  )
}

function problemIn(regions: Regions, fleet: Fleet, region: string): string | undefined {
  const count = nodesInRegion(regions, fleet, region).length
  if (count === 0) return whyNoNode(regions, fleet, region)
  const { nodeBaseline } = wishOf(fleet, region)
  return nodeBaseline > count
    ? `nodeBaseline is ${nodeBaseline}, and the fleet ${fleet.name} has ${count} of ${region}`
    : undefined
}

const stateOf = (lastErrorMessage: string): FleetErrorState => ({
  inError: true,
  lastErrorMessage,
  lastErrorLogId: null,
  lastErrorTimestamp: null,
})
