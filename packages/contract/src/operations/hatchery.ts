/** Operations of Hatchery's own, beside the published API. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { Application } from '../schemas/application.ts'
import { BuildUploadForm } from '../schemas/deprecated/build-upload.ts'
import { EventKind } from '../schemas/event.ts'
import { appId, buildId, processId } from '../schemas/fields.ts'
import {
  AllocationView,
  LoadBalancerView,
  NodeView,
  RegionView,
  RoomView,
  WhoAmIView,
} from '../schemas/installation.ts'
import { ProcessView } from '../schemas/process.ts'

const tag = 'Hatchery'

const nodeId = Type.String({ description: 'The name of a machine; GetNodes lists them.' })

/** What a signed upload URL carries in place of a token. */
const permission = {
  expires: Type.Integer({ description: 'Unix time in seconds until which the URL holds.' }),
  signature: Type.String({ description: 'The permission to upload.' }),
}

export const hatchery = {
  GetProcessView: operation({
    id: 'GetProcessView',
    tag,
    method: 'get',
    path: '/hatchery/v1/apps/{appId}/processes/{processId}',
    summary: 'Get a process with what Hatchery knows of it',
    description:
      'Answers the fields of GetProcess, and what shall become of the process, its machine, its exit code, how its ' +
      'connections are counted and whether its limits are enforced.',
    access: ['processes:read'],
    process: true,
    params: { appId, processId },
    query: {},
    answer: { status: 200, json: ProcessView, description: 'The process.' },
    errors: [401, 404, 408, 429],
    ours: true,
  }),
  UploadBuildPart: operation({
    id: 'UploadBuildPart',
    tag,
    method: 'put',
    path: '/hatchery/v1/uploads/{buildId}/parts/{partNumber}',
    summary: 'Upload a part of a build',
    description:
      'Takes the bytes of one part; `Content-Length` must be its exact length. The answer carries an `ETag` for CompleteUpload. ' +
      'The whole URL comes from CreateBuild; repeating a part overwrites it.',
    access: 'signed',
    params: {
      buildId,
      partNumber: Type.Integer({ description: 'Counted from 1.', minimum: 1 }),
    },
    query: permission,
    body: { stream: 'application/octet-stream' },
    answer: { status: 200, description: 'The part is stored; its `ETag` stands in the header.' },
    errors: [400, 404, 408, 422, 429, 500],
    ours: true,
  }),
  CompleteUpload: operation({
    id: 'CompleteUpload',
    tag,
    method: 'post',
    path: '/hatchery/v1/uploads/{buildId}/complete',
    summary: 'Complete an upload',
    description:
      'Takes the list of all parts with their ETags as a `CompleteMultipartUpload` XML document. 422 names a part that is ' +
      'missing or differs. The whole URL comes from CreateBuild; repeating it changes nothing.',
    access: 'signed',
    params: { buildId },
    query: permission,
    body: { text: 'application/xml' },
    answer: { status: 200, description: 'The upload is complete: RunBuild can be called.' },
    errors: [400, 404, 408, 422, 429, 500],
    ours: true,
  }),
  UploadBuildFile: operation({
    id: 'UploadBuildFile',
    tag,
    method: 'post',
    path: '/hatchery/v1/uploads/{buildId}/file',
    summary: 'Upload the archive of a build',
    description:
      'Takes a form with the fields that CreateBuildWithUploadUrlV2Deprecated answered and behind them the archive. 400 when ' +
      'the build has one already.',
    access: 'signed',
    params: { buildId },
    query: {},
    body: { form: BuildUploadForm },
    answer: { status: 204, description: 'The archive is stored: the build can be run.' },
    errors: [400, 404, 408, 422, 429, 500],
    ours: true,
  }),
  DrainProcess: operation({
    id: 'DrainProcess',
    tag,
    method: 'post',
    path: '/hatchery/v1/apps/{appId}/processes/{processId}/drain',
    summary: 'Drain a process',
    description:
      'It takes no new rooms from now on, keeps those it has, and ends when the last one is over and nobody is connected, or ' +
      'after a day. Asking again changes nothing.',
    access: ['processes:read-write'],
    params: { appId, processId },
    query: {},
    answer: { status: 204, description: 'The drain is recorded.' },
    errors: [401, 404, 408, 429, 500],
    ours: true,
  }),
  GetRooms: operation({
    id: 'GetRooms',
    tag,
    method: 'get',
    path: '/hatchery/v1/apps/{appId}/rooms',
    summary: 'List the rooms of an application',
    description: 'Answers the newest 1,000 rooms of an application that are not destroyed.',
    access: ['processes:read'],
    params: { appId },
    query: {},
    answer: { status: 200, json: Type.Array(RoomView), description: 'Newest first.' },
    errors: [401, 404, 408, 429],
    ours: true,
  }),
  GetAllocations: operation({
    id: 'GetAllocations',
    tag,
    method: 'get',
    path: '/hatchery/v1/apps/{appId}/allocations',
    summary: 'See how the static allocation stands',
    description:
      'Answers, for each region with a static allocation, how many processes run, start, and are of an older deployment, and ' +
      'why new ones fail where they do.',
    access: ['processes:read'],
    params: { appId },
    query: {},
    answer: { status: 200, json: Type.Array(AllocationView), description: 'One per region.' },
    errors: [401, 404, 408, 429],
    ours: true,
  }),
  GetLoadBalancer: operation({
    id: 'GetLoadBalancer',
    tag,
    method: 'get',
    path: '/hatchery/v1/apps/{appId}/load-balancer',
    summary: 'See how the load balancer stands',
    description:
      'Answers where the load balancer of an application listens, over how many processes it spreads requests, and how many ' +
      'there are. `serviceConfig.loadBalancer` of the application turns it on.',
    access: ['processes:read'],
    params: { appId },
    query: {},
    answer: { status: 200, json: LoadBalancerView, description: 'The load balancer.' },
    errors: [401, 404, 408, 429],
    ours: true,
  }),
  RotateAppSecret: operation({
    id: 'RotateAppSecret',
    tag,
    method: 'post',
    path: '/hatchery/v1/apps/{appId}/secret',
    summary: 'Replace the secret of an application',
    description:
      'Makes a new secret that signs player tokens. Tokens that the old one signed are good for another day; those of the one ' +
      'before it are not any more. Game servers that run already keep the secret they were started with.',
    access: ['applications:read-write'],
    params: { appId },
    query: {},
    answer: {
      status: 200,
      json: Application,
      description: 'The application, with its new secret.',
    },
    errors: [401, 404, 408, 429],
    ours: true,
  }),
  GetEvents: operation({
    id: 'GetEvents',
    tag,
    method: 'get',
    path: '/hatchery/v1/events',
    summary: 'Follow what changes',
    description:
      'Server-sent events, one for each change of a record that the token may read, in the order of their commits. The id of ' +
      'an event is its number: sent back as `Last-Event-ID` the stream goes on after it. An event `reset` says that what ' +
      'followed is no longer kept: read the records anew. A game server may follow its own process and rooms.',
    access: [],
    process: true,
    params: {},
    query: {
      appId: Type.Optional({ ...appId, description: 'Only what belongs to this application.' }),
      processId: Type.Optional({
        ...processId,
        description: 'Only this process and the rooms on it.',
      }),
      kind: Type.Optional(Type.Array(EventKind, { description: 'Only records of these kinds.' })),
    },
    answer: { status: 200, stream: 'text/event-stream', description: 'The events, as they come.' },
    errors: [401, 404, 408, 422, 429],
    ours: true,
  }),
  WhoAmI: operation({
    id: 'WhoAmI',
    tag,
    method: 'get',
    path: '/hatchery/v1/whoami',
    summary: 'See who a token speaks for',
    description: 'Answers the organization of the token that is sent, its name and its scopes.',
    access: [],
    process: true,
    params: {},
    query: {},
    answer: { status: 200, json: WhoAmIView, description: 'The token.' },
    errors: [401, 408, 429],
    ours: true,
  }),
  GetRegions: operation({
    id: 'GetRegions',
    tag,
    method: 'get',
    path: '/hatchery/v1/regions',
    summary: 'List regions',
    description: 'Answers the regions of this installation and the machines behind them.',
    access: [],
    params: {},
    query: {},
    answer: { status: 200, json: Type.Array(RegionView), description: 'The regions.' },
    errors: [401, 408, 429],
    ours: true,
  }),
  GetNodes: operation({
    id: 'GetNodes',
    tag,
    method: 'get',
    path: '/hatchery/v1/nodes',
    summary: 'List machines',
    description: 'Answers the machines that run processes, and how much of each is requested.',
    access: ['fleets:read'],
    params: {},
    query: {},
    answer: { status: 200, json: Type.Array(NodeView), description: 'The machines.' },
    errors: [401, 408, 429],
    ours: true,
  }),
  DrainNode: operation({
    id: 'DrainNode',
    tag,
    method: 'post',
    path: '/hatchery/v1/nodes/{nodeId}/drain',
    summary: 'Drain a machine',
    description:
      'It takes no new processes from now on, and every process on it is drained: for maintenance. Only an operator may.',
    access: 'operator',
    params: { nodeId },
    query: {},
    answer: { status: 204, description: 'The drain is recorded.' },
    errors: [401, 404, 408, 429, 500],
    ours: true,
  }),
  ResumeNode: operation({
    id: 'ResumeNode',
    tag,
    method: 'post',
    path: '/hatchery/v1/nodes/{nodeId}/resume',
    summary: 'Take a machine back',
    description: 'A drained machine takes new processes again. Only an operator may.',
    access: 'operator',
    params: { nodeId },
    query: {},
    answer: { status: 204, description: 'It takes new processes.' },
    errors: [401, 404, 408, 429, 500],
    ours: true,
  }),
  StopGames: operation({
    id: 'StopGames',
    tag,
    method: 'post',
    path: '/hatchery/v1/stop-games',
    summary: 'Stop all games',
    description:
      'Every process of every application is asked to end, and none is started any more until the server is started ' +
      'again: for taking an installation down with its games. Only an operator may.',
    access: 'operator',
    params: {},
    query: {},
    answer: { status: 204, description: 'The stops are recorded.' },
    errors: [401, 408, 429, 500],
    ours: true,
  }),
  CreateBackup: operation({
    id: 'CreateBackup',
    tag,
    method: 'get',
    path: '/hatchery/v1/backup',
    summary: 'Back up the installation',
    description:
      'Answers a tar archive of the records, metrics, builds and secrets of this installation, as they were at one moment, ' +
      'while everything goes on. Only an operator may.',
    access: 'operator',
    params: {},
    query: {},
    answer: { status: 200, stream: 'application/x-tar', description: 'The archive.' },
    errors: [401, 408, 429, 500],
    ours: true,
  }),
} as const
