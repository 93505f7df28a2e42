/** ProcessesV2: as ProcessesV3, with numbers for ids of deployments. */
import Type from 'typebox'
import { operation } from '../../operation.ts'
import {
  GetProcessesCountExperimentalV2DeprecatedResponseBody,
  ProcessV2,
} from '../../schemas/deprecated/process.ts'
import { processesV3 } from '../processes-v3.ts'

const tag = 'ProcessesV2'

const { status, region } = processesV3.GetLatestProcesses.query

export const processesV2 = {
  GetLatestProcessesV2Deprecated: operation({
    ...processesV3.GetLatestProcesses,
    id: 'GetLatestProcessesV2Deprecated',
    tag,
    path: '/processes/v2/{appId}/list/latest',
    description: 'As GetLatestProcesses, without `before`.',
    query: { status, region },
    answer: { status: 200, json: Type.Array(ProcessV2), description: 'Newest first.' },
    deprecated: true,
  }),
  GetProcessesCountExperimentalV2Deprecated: operation({
    ...processesV3.GetProcessesCountExperimental,
    id: 'GetProcessesCountExperimentalV2Deprecated',
    tag,
    path: '/processes/v2/{appId}/count',
    description: 'As GetProcessesCountExperimental, without `before`.',
    query: { status, region },
    answer: {
      status: 200,
      json: GetProcessesCountExperimentalV2DeprecatedResponseBody,
      description: 'The count.',
    },
    deprecated: true,
  }),
  CreateProcessV2Deprecated: operation({
    ...processesV3.CreateProcess,
    id: 'CreateProcessV2Deprecated',
    tag,
    path: '/processes/v2/{appId}/create/{region}',
    description: 'As CreateProcess.',
    answer: { status: 201, json: ProcessV2, description: 'The new process.' },
    deprecated: true,
  }),
  GetProcessInfoV2Deprecated: operation({
    ...processesV3.GetProcess,
    id: 'GetProcessInfoV2Deprecated',
    tag,
    path: '/processes/v2/{appId}/info/{processId}',
    description: 'As GetProcess.',
    answer: { status: 200, json: ProcessV2, description: 'The process.' },
    deprecated: true,
  }),
  StopProcessV2Deprecated: operation({
    ...processesV3.StopProcess,
    id: 'StopProcessV2Deprecated',
    tag,
    path: '/processes/v2/{appId}/stop/{processId}',
    description: 'As StopProcess.',
    deprecated: true,
  }),
} as const
