/** `hatchery process …`. */
import { type AnyCommand, command } from '../command.ts'
import { idsOfProcesses, latestFlag, processFilters, regionFlag } from './shared.ts'

const section = 'things'

export const processes: readonly AnyCommand[] = [
  command({
    ...{ path: ['process', 'list'], section, output: 'list', flags: processFilters },
    aliases: [['process', 'latest'], ['get-latest-processes']],
    summary: 'the processes of the application, ended ones too, newest first',
    examples: ['hatchery process list --limit 10', 'hatchery process list --status failed'],
    load: async () => (await import('../commands/ps.ts')).listProcesses,
  }),
  command({
    ...{ path: ['process', 'get'], section, output: 'value' },
    aliases: [['process', 'info'], ['get-process-info']],
    summary: 'all that is known of a process',
    arguments: [{ name: 'ID', description: 'of a process', complete: 'process' }],
    flags: {
      ...latestFlag,
      failed: { type: 'switch', description: 'the newest process that failed' },
    },
    examples: ['hatchery process get 3f9c21d8', 'hatchery process get --latest --json'],
    load: async () => (await import('../commands/inspect.ts')).inspect,
  }),
  command({
    ...{ path: ['process', 'create'], section, output: 'value', flags: regionFlag },
    aliases: [['create-process']],
    summary: 'starts a process of the newest deployment',
    examples: ['hatchery process create', 'hatchery process create --region Frankfurt -q'],
    load: async () => (await import('../commands/process.ts')).createProcess,
  }),
  command({
    ...{ path: ['process', 'delete'], section, output: 'value', arguments: idsOfProcesses },
    aliases: [['process', 'stop'], ['stop-process']],
    summary: 'the same as hatchery stop',
    flags: latestFlag,
    examples: ['hatchery process delete 3f9c21d8', 'hatchery process delete --latest --yes'],
    load: async () => (await import('../commands/stop.ts')).stop,
  }),
]
