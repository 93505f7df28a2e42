/** DiscoveryV2: which region is nearest. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { PingEndpoints } from '../schemas/discovery.ts'

export const discoveryV2 = {
  GetPingServiceEndpoints: operation({
    id: 'GetPingServiceEndpoints',
    tag: 'DiscoveryV2',
    method: 'get',
    path: '/discovery/v2/ping',
    summary: 'List where regions can be pinged',
    description:
      'Answers an address per region. Open a WebSocket to `/ws` there, send a few bytes and measure the time until they come ' +
      'back. Needs no token.',
    access: 'public',
    params: {},
    query: {},
    answer: { status: 200, json: Type.Array(PingEndpoints), description: 'One per region.' },
    errors: [],
  }),
} as const
