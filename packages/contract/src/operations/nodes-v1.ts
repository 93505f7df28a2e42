/** NodesV1: the machines of a fleet. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { fleetId, orgId } from '../schemas/fields.ts'
import { NodeV1 } from '../schemas/node.ts'
import { Region } from '../schemas/region.ts'

const tag = 'NodesV1'
const nodeId = Type.String({ description: 'The name of a machine.', examples: ['local'] })

export const nodesV1 = {
  ListProvisionedNodes: operation({
    id: 'ListProvisionedNodes',
    tag,
    method: 'get',
    path: '/nodes/v1/fleet/{fleetId}/listProvisioned',
    summary: 'List the machines of a fleet',
    description:
      'Answers the machines that take processes of the fleet: its own, and those that all fleets share. `hosting` is ' +
      '`metal` for the first and `shared` for the others.',
    access: ['fleets:read'],
    params: { fleetId },
    query: { orgId: Type.Optional(orgId), region: Type.Optional(Region) },
    answer: { status: 200, json: Type.Array(NodeV1), description: 'The machines.' },
    errors: [401, 404, 408, 429],
  }),
  GetNode: operation({
    id: 'GetNode',
    tag,
    method: 'get',
    path: '/nodes/v1/{nodeId}',
    summary: 'Get a machine',
    access: ['fleets:read'],
    params: { nodeId },
    query: {},
    answer: { status: 200, json: NodeV1, description: 'The machine.' },
    errors: [401, 404, 408, 429],
  }),
} as const
