/** ProcessesV3: one run of a deployment in a region. */
import Type, { type Static, type TSchema } from 'typebox'
import {
  appId,
  choice,
  dateTime,
  dateTimeOrNull,
  deploymentId,
  fleetId,
  processId,
} from './fields.ts'
import { ExposedPort, ProcessV3ExposedPort } from './port.ts'
import { Region } from './region.ts'

export const processStatuses = [
  'starting',
  'running',
  'draining',
  'stopping',
  'stopped',
  'failed',
] as const

export const ProcessStatus = choice(
  'ProcessStatus',
  processStatuses,
  '`starting` until its default port is bound, then `running`; `draining` takes no new rooms; `stopping` was asked to ' +
    'end; `stopped` and `failed` are final.',
)
export type ProcessStatus = Static<typeof ProcessStatus>

export const Hosting = choice(
  'Hosting',
  ['metal', 'cloud', 'shared'],
  'The kind of machine a process runs on.',
)
export type Hosting = Static<typeof Hosting>

/** What every version answers of a process' rooms. */
export const roomCounts = {
  roomsPerProcess: Type.Integer({ description: 'How many rooms it can hold.', examples: [3] }),
  roomsAllocated: Type.Integer({
    description: 'How many rooms are placed on it now.',
    examples: [1],
  }),
}

export const whenAccepted = dateTime('When it was accepted.')

/** The times that every version has under these names. */
export const lifeTimes = {
  startedAt: dateTimeOrNull('When its default port was bound; null before.'),
  stoppingAt: dateTimeOrNull('When it was asked to end; null before, and when it ended by itself.'),
  terminatedAt: dateTimeOrNull('When it was gone; null before.'),
}

/** The ports, of which the default one has a published name of its own in each answer. */
export const exposedPorts = <P extends TSchema>(defaultPort: P) => ({
  exposedPort: Type.Union([defaultPort, Type.Null()], {
    description: 'The default port; null until it is scheduled and once it is final.',
    examples: [{ host: '1.proxy.hathora.dev', name: 'default', port: 34567, transportType: 'tcp' }],
  }),
  additionalExposedPorts: Type.Array(ExposedPort, { description: 'The other ports.' }),
})

export const ProcessV3 = Type.Object(
  {
    appId,
    processId,
    deploymentId,
    fleetId: Type.Optional(fleetId),
    region: Region,
    status: ProcessStatus,
    ...roomCounts,
    createdAt: whenAccepted,
    scheduledAt: dateTimeOrNull('When it got its machine and ports; null before.'),
    bootedAt: dateTimeOrNull('When its program began to run; null before.'),
    ...lifeTimes,
    ...exposedPorts(ProcessV3ExposedPort),
    hosting: Type.Optional(Hosting),
    summaryExitReason: Type.Optional(
      Type.String({ description: 'Why it ended, in words; only once it is final.' }),
    ),
  },
  { title: 'ProcessV3', description: 'One run of a deployment in a region.' },
)
export type ProcessV3 = Static<typeof ProcessV3>

/** The same field under the names that the published API gives it. */
export const countNamed = (title: string) =>
  Type.Object(
    { count: Type.Number({ description: 'How many processes ever recorded match.' }) },
    { title },
  )

export const GetProcessesCountExperimentalResponseBody = countNamed(
  'GetProcessesCountExperimentalResponseBody',
)
export type GetProcessesCountExperimentalResponseBody = Static<
  typeof GetProcessesCountExperimentalResponseBody
>

export const ProcessView = Type.Object(
  {
    ...ProcessV3.properties,
    wanted: choice('ProcessWanted', ['run', 'drain', 'stop'], 'What shall become of a process.'),
    nodeId: Type.String({ description: 'The machine it runs on.' }),
    exitCode: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'The exit code of its program; null while it lives and when a signal ended it.',
    }),
    activityMeasure: choice(
      'ActivityMeasure',
      ['cgroup', 'sockets', 'nftables', 'none'],
      "How a process' connections are counted; with `none` they are unknown and it is never idle.",
    ),
    limits: choice(
      'ProcessLimits',
      ['enforced', 'counted'],
      'Whether CPU and memory are limits of the run, or only counted when it is placed.',
    ),
  },
  { title: 'ProcessView', description: 'A process, and what Hatchery knows beside it.' },
)
export type ProcessView = Static<typeof ProcessView>
