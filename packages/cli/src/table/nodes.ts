/** `hatchery region …` and `hatchery node …`. */
import { type AnyCommand, type ArgumentSpec, command } from '../command.ts'

const section = 'things'
const node: ArgumentSpec = {
  ...{ name: 'NODE', required: true, complete: 'node' },
  description: 'the name of a machine',
}

export const nodes: readonly AnyCommand[] = [
  command({
    ...{ path: ['region', 'list'], section, output: 'list' },
    summary: 'the regions and the machines behind them',
    examples: ['hatchery region list', 'hatchery region list -q'],
    load: async () => (await import('../commands/node.ts')).listRegions,
  }),
  command({
    ...{ path: ['node', 'list'], section, output: 'list' },
    summary: 'the machines that run processes, and how much of each is taken',
    examples: ['hatchery node list', 'hatchery node list --json'],
    load: async () => (await import('../commands/node.ts')).listNodes,
  }),
  command({
    ...{ path: ['node', 'drain'], section, output: 'value', arguments: [node] },
    summary: 'lets a machine take nothing new, for maintenance',
    examples: ['hatchery node drain local', 'hatchery node drain lab-1'],
    load: async () => (await import('../commands/node.ts')).drainNode,
  }),
  command({
    ...{ path: ['node', 'resume'], section, output: 'value', arguments: [node] },
    summary: 'lets a drained machine take processes again',
    examples: ['hatchery node resume local', 'hatchery node resume lab-1'],
    load: async () => (await import('../commands/node.ts')).resumeNode,
  }),
]
