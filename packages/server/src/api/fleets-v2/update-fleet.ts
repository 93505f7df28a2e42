import { shapeIdOf, shapeOf } from '../../domain/node-shape.ts'
import type { Handler } from '../context.ts'
import { getFleet } from '../find.ts'
import { changeFleet } from './change-fleet.ts'

/** A shape that only the older version has stays where the same one is sent back as the newer version shows it. */
export const updateFleet: Handler<'UpdateFleet'> = async ({ params, query, body }, context) => {
  const { fleetId } = params
  const { nodeShape } = await getFleet(context, fleetId, query.orgId)
  const { name, nodeShapeId, autoscalerConfig } = body
  const isOther = nodeShapeId !== undefined && nodeShapeId !== shapeIdOf(nodeShape)
  await changeFleet(context, {
    ...{ fleetId, orgId: query.orgId, name, autoscalerConfig },
    nodeShape: isOther ? shapeOf(nodeShapeId) : undefined,
  })
}
