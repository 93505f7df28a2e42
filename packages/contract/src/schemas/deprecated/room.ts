/** RoomsV1: where a room is, flat and with its default port alone. */
import Type, { type Static } from 'typebox'
import { choice } from '../fields.ts'
import { TransportType } from '../port.ts'
import { roomId } from '../room.ts'

export const ActiveConnectionInfo = Type.Object(
  {
    roomId,
    status: choice('ActiveConnectionInfoStatus', ['active'], 'Players can connect.'),
    host: Type.String({ description: 'The host name or address to connect to.' }),
    port: Type.Number({ description: 'The port to connect to.' }),
    transportType: TransportType,
  },
  { title: 'ActiveConnectionInfo', description: 'A room whose process runs.' },
)

export const StartingConnectionInfo = Type.Object(
  { roomId, status: choice('Status', ['starting'], 'Ask again in a moment.') },
  { title: 'StartingConnectionInfo', description: 'A room whose process does not run yet.' },
)

export const ConnectionInfo = Type.Union([ActiveConnectionInfo, StartingConnectionInfo], {
  title: 'ConnectionInfo',
  description: 'Where players reach the default port of a room.',
})
export type ConnectionInfo = Static<typeof ConnectionInfo>
