/** Commands that run or look at the server itself. */
import { type AnyCommand, command, settingsCommand } from '../command.ts'
import { environment } from '../settings.ts'
import { settingsHelp } from './settings-help.ts'

export const serverCommands: readonly AnyCommand[] = [
  settingsCommand({
    path: ['serve'],
    section: 'server',
    summary: 'the plain server, with structured log lines',
    examples: ['hatchery serve', 'hatchery serve --host 0.0.0.0 --port 4282 --data /srv/hatchery'],
    settings: settingsHelp,
    load: async () => {
      const { serve } = await import('../commands/serve.ts')
      return (argv) => serve({ argv, env: environment })
    },
  }),
  command({
    path: ['events'],
    section: 'server',
    summary: 'what changes, a line each, until Ctrl-C',
    output: 'stream',
    flags: {
      kind: {
        ...{ type: 'list', value: 'KINDS' },
        description: 'only of these: application, build, deployment, process, room, token',
      },
      process: {
        ...{ type: 'text', value: 'ID', complete: 'process' },
        description: 'only of this process and its rooms',
      },
    },
    examples: ['hatchery events', 'hatchery events --kind process --json'],
    load: async () => (await import('../commands/events.ts')).events,
  }),
  command({
    path: ['metrics'],
    section: 'server',
    summary: 'the measurements of the server, as Prometheus reads them',
    output: 'text',
    examples: ['hatchery metrics', 'hatchery metrics | grep hatchery_processes'],
    load: async () => (await import('../commands/metrics.ts')).metrics,
  }),
]
