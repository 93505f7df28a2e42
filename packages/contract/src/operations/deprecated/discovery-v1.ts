/** DiscoveryV1: as DiscoveryV2, at another path. */
import { operation } from '../../operation.ts'
import { discoveryV2 } from '../discovery-v2.ts'

export const discoveryV1 = {
  GetPingServiceEndpointsDeprecated: operation({
    ...discoveryV2.GetPingServiceEndpoints,
    id: 'GetPingServiceEndpointsDeprecated',
    tag: 'DiscoveryV1',
    path: '/discovery/v1/ping',
    description: 'As GetPingServiceEndpoints.',
    deprecated: true,
  }),
} as const
