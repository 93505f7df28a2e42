/** Commands for every day. */
import { type AnyCommand, command, settingsCommand } from '../command.ts'
import { environment } from '../settings.ts'
import { idsOfProcesses, latestFlag, processFilters } from './shared.ts'
import { settingsHelp } from './settings-help.ts'

export const everyDay: readonly AnyCommand[] = [
  settingsCommand({
    path: ['up'],
    section: 'every day',
    summary: 'a server with a running sample game, in one step',
    examples: ['hatchery up', 'hatchery up --docker'],
    settings: settingsHelp,
    load: async () => {
      const { up } = await import('../commands/up.ts')
      return (argv) => up({ argv, env: environment })
    },
  }),
  settingsCommand({
    path: ['down'],
    section: 'every day',
    summary: 'stops the server of a data folder; with --games its games too',
    examples: ['hatchery down', 'hatchery down --games --data ./my-data'],
    settings: settingsHelp,
    load: async () => {
      const { down } = await import('../commands/down.ts')
      return (argv) => down({ argv, env: environment })
    },
  }),
  command({
    path: ['ps'],
    section: 'every day',
    summary: 'the processes that are there, and those that failed lately',
    output: 'list',
    flags: {
      all: { type: 'switch', short: 'a', description: 'those that have ended too' },
      ...processFilters,
      watch: {
        ...{ type: 'switch', short: 'w' },
        description: 'go on showing what changes, until Ctrl-C',
      },
    },
    examples: ['hatchery ps', 'hatchery ps --watch --region Seattle'],
    load: async () => (await import('../commands/ps.ts')).ps,
  }),
  command({
    path: ['inspect'],
    section: 'every day',
    summary: 'all that is known of a process',
    output: 'value',
    arguments: [{ name: 'ID', description: 'of a process', complete: 'process' }],
    flags: {
      ...latestFlag,
      failed: { type: 'switch', description: 'the newest process that failed' },
    },
    examples: ['hatchery inspect 3f9c21d8', 'hatchery inspect --failed'],
    load: async () => (await import('../commands/inspect.ts')).inspect,
  }),
  command({
    path: ['stop'],
    section: 'every day',
    summary: 'ends processes; asks when rooms or players are on them',
    output: 'value',
    arguments: idsOfProcesses,
    flags: latestFlag,
    examples: ['hatchery stop 3f9c21d8', 'hatchery stop $(hatchery ps -q) --yes'],
    load: async () => (await import('../commands/stop.ts')).stop,
  }),
  command({
    path: ['drain'],
    section: 'every day',
    summary: 'lets processes take no new rooms and end with their last one',
    output: 'value',
    arguments: idsOfProcesses,
    flags: latestFlag,
    examples: ['hatchery drain 3f9c21d8', 'hatchery drain $(hatchery ps -q --region Tokyo)'],
    load: async () => (await import('../commands/stop.ts')).drain,
  }),
  command({
    path: ['status'],
    section: 'every day',
    summary: 'which server, token and application are used, and where each was said',
    output: 'value',
    examples: ['hatchery status', 'hatchery status --json'],
    load: async () => (await import('../commands/status.ts')).status,
  }),
]
