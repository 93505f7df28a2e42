/** DiscoveryV2: where a game client measures its distance to a region. */
import Type, { type Static } from 'typebox'
import { Region } from './region.ts'

export const PingEndpoints = Type.Object(
  {
    region: Region,
    host: Type.String({ description: 'The host name or address to connect to.' }),
    port: Type.Number({ description: 'The port; it answers a WebSocket echo.' }),
  },
  { title: 'PingEndpoints', description: 'Where a region can be pinged.' },
)
export type PingEndpoints = Static<typeof PingEndpoints>
