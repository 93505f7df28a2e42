/** `hatchery room …`. */
import { type AnyCommand, type ArgumentSpec, command } from '../command.ts'
import { processFilters, regionFlag } from './shared.ts'

const section = 'things'
const room = {
  ...{ name: 'ROOM', required: true, complete: 'room' },
  description: 'its id',
} as const satisfies ArgumentSpec
const roomConfig = {
  type: 'text',
  value: 'TEXT',
  description: 'what the game server is told of the room',
} as const

export const rooms: readonly AnyCommand[] = [
  command({
    ...{ path: ['room', 'list'], section, output: 'list' },
    summary: 'the rooms of the application that are not over',
    flags: {
      process: {
        ...{ type: 'text', value: 'ID', complete: 'process' },
        description: 'only those on this process',
      },
      region: processFilters.region,
    },
    examples: ['hatchery room list', 'hatchery room list --process 3f9c21d8'],
    load: async () => (await import('../commands/room.ts')).listRooms,
  }),
  command({
    ...{ path: ['room', 'get'], section, output: 'value', arguments: [room] },
    aliases: [['room', 'info'], ['get-room-info']],
    summary: 'a room, where it is, and where it was',
    examples: ['hatchery room get 2kq7', 'hatchery room get 2kq7 --json'],
    load: async () => (await import('../commands/room.ts')).getRoom,
  }),
  command({
    ...{ path: ['room', 'create'], section, output: 'value' },
    aliases: [['create-room']],
    summary: 'places a room, and starts a process for it where there is no free one',
    arguments: [
      { name: 'ROOM', description: 'an id of your own; asking again gives the same room' },
    ],
    flags: {
      ...regionFlag,
      'room-config': roomConfig,
      deployment: {
        ...{ type: 'text', value: 'ID', complete: 'deployment' },
        description: 'the deployment of the process; the newest when left out',
      },
    },
    examples: [
      'hatchery room create --region Frankfurt',
      'hatchery room create match-17 --room-config ranked',
    ],
    load: async () => (await import('../commands/room.ts')).createRoom,
  }),
  command({
    ...{
      path: ['room', 'destroy'],
      section,
      output: 'value',
      arguments: [{ ...room, many: true }],
    },
    aliases: [['destroy-room']],
    summary: 'ends rooms; their processes go on',
    examples: ['hatchery room destroy 2kq7', 'hatchery room destroy 2kq7 match-17 --yes'],
    load: async () => (await import('../commands/room.ts')).destroyRooms,
  }),
  command({
    ...{ path: ['room', 'suspend'], section, output: 'value', arguments: [room] },
    aliases: [['suspend-room']],
    summary: 'takes a room off its process and keeps it',
    examples: ['hatchery room suspend 2kq7', 'hatchery room suspend match-17'],
    load: async () => (await import('../commands/room.ts')).suspendRoom,
  }),
  command({
    ...{ path: ['room', 'resume'], section, output: 'value', arguments: [room] },
    aliases: [['resume-room']],
    summary: 'places a suspended room anew',
    examples: ['hatchery room resume 2kq7', 'hatchery room resume match-17 --json'],
    load: async () => (await import('../commands/room.ts')).resumeRoom,
  }),
  command({
    ...{ path: ['room', 'update'], section, output: 'value', arguments: [room] },
    aliases: [['update-room-config']],
    summary: 'replaces the config of a room',
    flags: { 'room-config': roomConfig },
    examples: [
      'hatchery room update 2kq7 --room-config ranked',
      'hatchery room update match-17 --room-config \'{"map":"dust"}\'',
    ],
    load: async () => (await import('../commands/room.ts')).updateRoom,
  }),
]
