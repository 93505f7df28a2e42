import { shapeOf } from '../../domain/node-shape.ts'
import { fleetV2 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { newFleet } from './new-fleet.ts'

export const createFleet: Handler<'CreateFleet'> = async ({ query, body }, context) => {
  const nodeShape = shapeOf(body.nodeShapeId)
  return fleetV2(await newFleet(context, { ...body, nodeShape, orgId: query.orgId }))
}
