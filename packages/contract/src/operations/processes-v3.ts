/** ProcessesV3: start, watch and stop game servers. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { appId, processId } from '../schemas/fields.ts'
import { ProcessMetricName, ProcessMetricsData } from '../schemas/metric.ts'
import { metricPeriod } from '../schemas/metric-period.ts'
import {
  GetProcessesCountExperimentalResponseBody,
  ProcessStatus,
  ProcessV3,
} from '../schemas/process.ts'
import { Region } from '../schemas/region.ts'

const tag = 'ProcessesV3'

const filters = {
  status: Type.Optional(
    Type.Array(ProcessStatus, { description: 'Only processes of one of these statuses.' }),
  ),
  region: Type.Optional(
    Type.Array(Region, { description: 'Only processes of one of these regions.' }),
  ),
  before: Type.Optional(
    Type.Number({
      description:
        'Only processes created strictly earlier: a Unix time in seconds; 10^11 and more are milliseconds.',
    }),
  ),
}

export const processesV3 = {
  GetLatestProcesses: operation({
    id: 'GetLatestProcesses',
    tag,
    method: 'get',
    path: '/processes/v3/apps/{appId}/processes/latest',
    summary: 'List the newest processes',
    description:
      'Answers the 10 newest processes of an application that match, newest first. For older ones ask again with ' +
      '`before` set to the `createdAt` of the last, or send back the `Hatchery-Next` header of the answer as `Hatchery-Cursor`.',
    access: ['processes:read'],
    params: { appId },
    query: filters,
    answer: { status: 200, json: Type.Array(ProcessV3), description: 'Newest first.' },
    errors: [401, 404, 408, 422, 429],
  }),
  GetProcessesCountExperimental: operation({
    id: 'GetProcessesCountExperimental',
    tag,
    method: 'get',
    path: '/processes/v3/apps/{appId}/processes/count',
    summary: 'Count processes',
    description:
      'Counts every process ever recorded that matches. The count does not fall when old records are removed.',
    access: ['processes:read'],
    params: { appId },
    query: filters,
    answer: {
      status: 200,
      json: GetProcessesCountExperimentalResponseBody,
      description: 'The count.',
    },
    errors: [401, 404, 408, 422, 429],
  }),
  CreateProcess: operation({
    id: 'CreateProcess',
    tag,
    method: 'post',
    path: '/processes/v3/apps/{appId}/processes/regions/{region}',
    summary: 'Start a process',
    description:
      "Starts a process of the application's newest deployment in a region and answers at once, with status `starting`. It is " +
      '`running` when its default port is bound, and `failed` when that does not happen within 100 s of its boot. 404 when the ' +
      'application has no deployment, 422 for an unknown region, 429 when the region has no room now.',
    access: ['processes:read-write'],
    params: { appId, region: Region },
    query: {},
    answer: { status: 201, json: ProcessV3, description: 'The new process.' },
    errors: [401, 402, 404, 408, 422, 429, 500],
  }),
  GetProcess: operation({
    id: 'GetProcess',
    tag,
    method: 'get',
    path: '/processes/v3/apps/{appId}/processes/{processId}',
    summary: 'Get a process',
    description: 'Answers a process of the application; final ones stay for 90 days.',
    access: ['processes:read'],
    process: true,
    params: { appId, processId },
    query: {},
    answer: { status: 200, json: ProcessV3, description: 'The process.' },
    errors: [401, 404, 408, 429],
  }),
  StopProcess: operation({
    id: 'StopProcess',
    tag,
    method: 'post',
    path: '/processes/v3/apps/{appId}/processes/{processId}/stop',
    summary: 'Stop a process',
    description:
      'Asks a process to end (SIGTERM) and answers at once; what still runs after the grace time (30 s) is ended by force. ' +
      'Asking again, or for a process that has ended, changes nothing and succeeds.',
    access: ['processes:read-write'],
    process: true,
    params: { appId, processId },
    query: {},
    answer: { status: 204, description: 'The stop is recorded.' },
    errors: [401, 404, 408, 429, 500],
  }),
  GetProcessMetrics: operation({
    id: 'GetProcessMetrics',
    tag,
    method: 'get',
    path: '/processes/v3/apps/{appId}/processes/process/{processId}/metrics',
    summary: 'Get the metrics of a process',
    description:
      'Answers a series per metric that was asked for, with a point every `step` seconds. An empty series could not be ' +
      'measured. Kept for 72 h.',
    access: ['processes:read'],
    params: { appId, processId },
    query: {
      metrics: Type.Optional(
        Type.Array(ProcessMetricName, { description: 'The metrics to answer; none for all.' }),
      ),
      ...metricPeriod,
    },
    answer: { status: 200, json: ProcessMetricsData, description: 'The series.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
} as const
