/** What belongs to the installation rather than to an application: machines, regions, who is asking. */
import Type, { type Static } from 'typebox'
import { choice, dateTime, dateTimeOrNull, deploymentId, orgId, processId } from './fields.ts'
import { userEmail } from './organization.ts'
import { Region } from './region.ts'
import { RoomStatus, roomId } from './room.ts'
import { Scope } from './scope.ts'
import { orgTokenId } from './token.ts'

const count = (description: string) => Type.Integer({ description })

export const NodeShare = Type.Object(
  {
    capacity: Type.Unsafe<number | null>({
      type: ['number', 'null'],
      description: 'What processes may ask for in all; null: it is not limited.',
    }),
    requested: Type.Number({ description: 'What the processes on it asked for.' }),
  },
  { title: 'NodeShare', description: 'How much of a machine is taken, by what was requested.' },
)
export type NodeShare = Static<typeof NodeShare>

export const NodeView = Type.Object(
  {
    nodeId: Type.String({ description: 'The name of the machine.' }),
    driver: Type.String({ description: 'What runs the processes there.' }),
    publicHost: Type.String({ description: 'What players connect to.' }),
    regions: Type.Array(Region, { description: 'The regions it serves.' }),
    fleet: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'The fleet whose processes it takes and no other, by name or id; null: of all.',
    }),
    status: choice('NodeStatus', ['active', 'draining'], 'A draining machine takes nothing new.'),
    processes: count('How many processes are on it and not final.'),
    cpu: NodeShare,
    memoryMb: NodeShare,
  },
  { title: 'NodeView', description: 'A machine that runs processes.' },
)
export type NodeView = Static<typeof NodeView>

export const RegionView = Type.Object(
  {
    region: Region,
    nodeIds: Type.Array(Type.String(), { description: 'The machines that serve it.' }),
    spillover: Type.Array(Region, { description: 'Where it hands on what it has no room for.' }),
  },
  { title: 'RegionView', description: 'A region of this installation.' },
)
export type RegionView = Static<typeof RegionView>

export const ScalingView = Type.Object(
  {
    goal: Type.Unsafe<number | null>({
      type: ['number', 'null'],
      description: 'Concurrent requests of each process to aim for; null when none is set.',
    }),
    concurrentRequests: Type.Unsafe<number | null>({
      type: ['number', 'null'],
      description:
        'Those of each process that takes some, on average between the last two looks; null while nothing is measured.',
    }),
    reason: Type.String({ description: 'Why the target is what it is, in words.' }),
  },
  { title: 'ScalingView', description: 'What the autoscaler goes by.' },
)
export type ScalingView = Static<typeof ScalingView>

export const AllocationView = Type.Object(
  {
    region: Region,
    minProcesses: count('Never fewer are running.'),
    targetProcesses: count(
      'How many are kept running now; the autoscaler moves it where it is on.',
    ),
    maxProcesses: count('Never more are there.'),
    deploymentId: Type.Union([deploymentId, Type.Null()], {
      description: 'The deployment they are of; null while there is none.',
    }),
    running: count('Those of this deployment that run.'),
    starting: count('Those of this deployment that start.'),
    outdated: count('Those of older deployments that are still there.'),
    problem: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description:
        'Why the last one failed, while new ones keep failing, or why there is no room for one; null when all is well.',
    }),
    retryAt: dateTimeOrNull(
      'When the next one is tried; null when all is well, and when something has to end first.',
    ),
    scaling: Type.Union([ScalingView, Type.Null()], {
      description: 'Why the target is what it is; null where autoscaling is off.',
    }),
  },
  { title: 'AllocationView', description: 'How the static allocation of a region stands.' },
)
export type AllocationView = Static<typeof AllocationView>

export const LoadBalancerView = Type.Object(
  {
    enabled: Type.Boolean({ description: 'Whether the application wants it.' }),
    urls: Type.Array(Type.String(), {
      description:
        'Where it listens; empty while it is off, and for a moment after it was turned on.',
    }),
    processes: count('The running processes that take requests: their default port is tcp.'),
    openRequests: count('Requests and WebSockets that are open now.'),
    requestsPerSecond: Type.Number({ description: 'On average of the last ten seconds.' }),
    problem: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'Why it does not listen at a port of its own; null when all is well.',
    }),
  },
  { title: 'LoadBalancerView', description: 'How the load balancer of an application stands.' },
)
export type LoadBalancerView = Static<typeof LoadBalancerView>

export const RoomView = Type.Object(
  {
    roomId,
    region: Region,
    status: RoomStatus,
    roomConfig: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'Its config; null when it has none.',
    }),
    processId: Type.Union([processId, Type.Null()], {
      description: 'The process it is on; null when it is on none.',
    }),
    createdAt: dateTime('When it was created.'),
  },
  { title: 'RoomView', description: 'A room, in one line.' },
)
export type RoomView = Static<typeof RoomView>

export const WhoAmIView = Type.Object(
  {
    orgId,
    orgName: Type.String({ description: 'The name of the organization.' }),
    userEmail: Type.Union([userEmail, Type.Null()], {
      description: 'The person whose token it is; null for every other token.',
    }),
    orgTokenId: Type.Union([orgTokenId, Type.Null()], {
      description: 'The token; null when a game server asks with its own.',
    }),
    processId: Type.Union([processId, Type.Null()], {
      description: 'The game server that asks; null for a token of an organization.',
    }),
    name: Type.String({ description: 'The name of the token.' }),
    scopes: Type.Union([Type.Array(Scope), choice('AdminScope', ['admin'], 'May do everything.')], {
      description: 'What it may do.',
    }),
  },
  { title: 'WhoAmIView', description: 'Who a token speaks for.' },
)
export type WhoAmIView = Static<typeof WhoAmIView>
