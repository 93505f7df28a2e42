/** Rooms and metrics, as the oldest version asks for them. */
import type { Row } from './official-row.ts'
import { type Respond, json } from './recorder.ts'
import { room, stay } from './samples.ts'

const nothing: Respond = (response) => response.writeHead(204).end()

const metricsRequest = {
  ...{ processId: 'p-1', appId: 'app-2', start: 1, end: 2.5, step: 60 },
  metrics: ['rate_egress', 'active_connections'] as 'rate_egress'[],
}

export const oldRoomRows: readonly Row[] = [
  {
    id: 'CreateRoomDeprecated',
    ours: (c) =>
      c.roomsV1.createRoomDeprecated({ region: 'Tokyo', roomConfig: '{}' }, 'app-2', 'r'),
    theirs: (c) =>
      c.roomsV1.createRoomDeprecated({ region: 'Tokyo', roomConfig: '{}' }, 'app-2', 'r'),
    answer: json(201, 'r'),
  },
  {
    id: 'GetRoomInfoDeprecated',
    ours: (c) => c.roomsV1.getRoomInfoDeprecated('a/b c?d#e'),
    theirs: (c) => c.roomsV1.getRoomInfoDeprecated('a/b c?d#e'),
    answer: json(200, { ...room, allocations: [stay] }),
  },
  {
    id: 'GetActiveRoomsForProcessDeprecated',
    ours: (c) => c.roomsV1.getActiveRoomsForProcessDeprecated('p-1'),
    theirs: (c) => c.roomsV1.getActiveRoomsForProcessDeprecated('p-1'),
    answer: json(200, [room]),
  },
  {
    id: 'GetInactiveRoomsForProcessDeprecated',
    ours: (c) => c.roomsV1.getInactiveRoomsForProcessDeprecated('p-1', 'app-2'),
    theirs: (c) => c.roomsV1.getInactiveRoomsForProcessDeprecated('p-1', 'app-2'),
    answer: json(200, [{ ...room, status: 'destroyed', currentAllocation: null }]),
  },
  {
    id: 'DestroyRoomDeprecated',
    ours: (c) => c.roomsV1.destroyRoomDeprecated('r'),
    theirs: (c) => c.roomsV1.destroyRoomDeprecated('r'),
    answer: nothing,
  },
  {
    id: 'SuspendRoomDeprecated',
    ours: (c) => c.roomsV1.suspendRoomDeprecated('r'),
    theirs: (c) => c.roomsV1.suspendRoomDeprecated('r'),
    answer: nothing,
  },
  {
    id: 'GetConnectionInfoDeprecated',
    ours: (c) => c.roomsV1.getConnectionInfoDeprecated('r'),
    theirs: (c) => c.roomsV1.getConnectionInfoDeprecated('r'),
    answer: json(200, {
      ...{ roomId: 'r', status: 'active' },
      ...{ host: '127.0.0.1', port: 20_000, transportType: 'udp' },
    }),
  },
  {
    id: 'GetMetricsDeprecated',
    ours: (c) => c.metricsV1.getMetricsDeprecated(metricsRequest),
    theirs: (c) => c.metricsV1.getMetricsDeprecated(metricsRequest),
    // Its other fields the official client renames, as in `rateEgress`; ours leaves them as they come.
    answer: json(200, { cpu: [{ timestamp: 1, value: 0.4 }], memory: [] }),
  },
]
