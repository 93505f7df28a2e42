import { nodeShapesFor } from '../../domain/node-shape.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

/** All of them, so that a list to choose from is never empty; those that are here come first. */
export const getNodeShapes: Handler<'GetNodeShapes'> = async ({ query }, context) => {
  assertOwnOrganization(context, query.orgId)
  return nodeShapesFor(context.services.regions.nodes.map(({ size }) => size))
}
