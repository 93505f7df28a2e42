/** ProcessesV1: as ProcessesV3, with numbers for ids of deployments, and with what was measured. */
import Type from 'typebox'
import { operation } from '../../operation.ts'
import { Process, ProcessWithRooms } from '../../schemas/deprecated/process.ts'
import { Region } from '../../schemas/region.ts'
import { processesV3 } from '../processes-v3.ts'

const tag = 'ProcessesV1'

const listing = {
  ...processesV3.GetLatestProcesses,
  tag,
  query: { region: Type.Optional(Region) },
  deprecated: true,
} as const

export const processesV1 = {
  GetRunningProcesses: operation({
    ...listing,
    id: 'GetRunningProcesses',
    path: '/processes/v1/{appId}/list/running',
    summary: 'List the newest processes that run',
    description:
      'Answers the 10 newest processes of an application that run or drain, newest first, with their rooms. Older ' +
      'ones are answered as by GetLatestProcesses: send back `Hatchery-Next` as `Hatchery-Cursor`.',
    answer: { status: 200, json: Type.Array(ProcessWithRooms), description: 'Newest first.' },
  }),
  GetStoppedProcesses: operation({
    ...listing,
    id: 'GetStoppedProcesses',
    path: '/processes/v1/{appId}/list/stopped',
    summary: 'List the newest processes that ended',
    description:
      'Answers the 10 newest processes of an application that stopped or failed, newest first. Older ones are answered ' +
      'as by GetLatestProcesses: send back `Hatchery-Next` as `Hatchery-Cursor`.',
    answer: { status: 200, json: Type.Array(Process), description: 'Newest first.' },
  }),
  GetProcessInfoDeprecated: operation({
    ...processesV3.GetProcess,
    id: 'GetProcessInfoDeprecated',
    tag,
    path: '/processes/v1/{appId}/info/{processId}',
    description: 'As GetProcess.',
    answer: { status: 200, json: Process, description: 'The process.' },
    errors: [401, 404, 408, 429, 500],
    deprecated: true,
  }),
} as const
