/** ProcessesV1 and V2: a process with the number of its deployment; in V1 with what was measured of it. */
import Type, { type Static } from 'typebox'
import { appId, dateTime, dateTimeOrNull, processId } from '../fields.ts'
import { defaultPortNamed } from '../port.ts'
import {
  ProcessStatus,
  countNamed,
  exposedPorts,
  lifeTimes,
  roomCounts,
  whenAccepted,
} from '../process.ts'
import { Region } from '../region.ts'
import { RoomWithoutAllocations } from '../room.ts'
import { deploymentNumber } from './deployment.ts'

const fields = {
  appId,
  processId,
  deploymentId: {
    ...deploymentNumber,
    description:
      'The number of its deployment: 1, 2, … in its application; 0 where the deployment is not known any more.',
  },
  region: Region,
  ...roomCounts,
  ...lifeTimes,
}

export const ProcessV2 = Type.Object(
  {
    ...fields,
    status: ProcessStatus,
    createdAt: whenAccepted,
    ...exposedPorts(defaultPortNamed('ProcessV2ExposedPort')),
  },
  { title: 'ProcessV2', description: 'One run of a deployment in a region.' },
)
export type ProcessV2 = Static<typeof ProcessV2>

export const GetProcessesCountExperimentalV2DeprecatedResponseBody = countNamed(
  'GetProcessesCountExperimentalV2DeprecatedResponseBody',
)

const deprecated = true
const asOf = 'When that was so.'

const oldFields = {
  ...fields,
  startingAt: whenAccepted,
  draining: Type.Boolean({ description: 'Whether it takes no new rooms and ends when empty.' }),
  egressedBytes: Type.Integer({
    description:
      'Bytes it sent; 0 where that cannot be measured, and once the measurements are gone.',
    examples: [435],
  }),
  roomsAllocatedUpdatedAt: dateTime(asOf),
  roomSlotsAvailable: Type.Number({
    description: 'How many more rooms it takes; 0 once it drains or ends.',
    deprecated,
  }),
  roomSlotsAvailableUpdatedAt: { ...dateTime(asOf), deprecated },
  activeConnections: Type.Integer({
    description: 'Connections at the last measurement; 0 where they cannot be counted.',
    deprecated,
    examples: [10],
  }),
  activeConnectionsUpdatedAt: { ...dateTime(asOf), deprecated },
  idleSince: {
    ...dateTimeOrNull(
      'Since when nobody plays on it; null while somebody does, and where it never ends for that.',
    ),
    deprecated,
  },
  host: Type.String({
    description: 'The host of the default port; empty without one.',
    deprecated,
  }),
  port: Type.Number({ description: 'The number of the default port; 0 without one.', deprecated }),
}

export const Process = Type.Object(
  { ...oldFields, ...exposedPorts(defaultPortNamed('ProcessExposedPort')) },
  { title: 'Process', description: 'One run of a deployment in a region.' },
)
export type Process = Static<typeof Process>

export const ProcessWithRooms = Type.Object(
  {
    ...oldFields,
    ...exposedPorts(defaultPortNamed('ProcessWithRoomsExposedPort')),
    rooms: Type.Array(RoomWithoutAllocations, {
      description: 'The rooms on it, the oldest first, at most 1,000.',
    }),
    totalRooms: Type.Integer({ description: 'How many rooms are on it.' }),
  },
  { title: 'ProcessWithRooms', description: 'One run of a deployment, with the rooms on it.' },
)
export type ProcessWithRooms = Static<typeof ProcessWithRooms>
