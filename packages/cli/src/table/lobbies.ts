/** `hatchery lobby …`. Players make lobbies, with tokens of their own; a studio looks at them. */
import { type AnyCommand, command } from '../command.ts'

const section = 'things'

export const lobbies: readonly AnyCommand[] = [
  command({
    ...{ path: ['lobby', 'list'], section, output: 'list' },
    aliases: [['list-lobbies']],
    summary: 'the public lobbies whose rooms are not over',
    flags: {
      region: {
        ...{ type: 'text', value: 'REGION', short: 'r', complete: 'region' },
        description: 'only in this region',
      },
    },
    examples: ['hatchery lobby list', 'hatchery lobby list --region Frankfurt --json'],
    load: async () => (await import('../commands/lobby.ts')).listLobbies,
  }),
  command({
    ...{ path: ['lobby', 'get'], section, output: 'value' },
    aliases: [['lobby', 'info']],
    summary: 'a lobby, a private one and one that is over too',
    arguments: [
      {
        ...{ name: 'LOBBY', required: true, complete: 'room' },
        description: 'its short code or the id of its room',
      },
    ],
    examples: ['hatchery lobby get LFG4', 'hatchery lobby get match-17 --json'],
    load: async () => (await import('../commands/lobby.ts')).getLobby,
  }),
]
