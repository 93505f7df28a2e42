/** `hatchery fleet …`. */
import { type AnyCommand, type ArgumentSpec, type FlagSpecs, command } from '../command.ts'

const section = 'things'
const fleet: ArgumentSpec = {
  ...{ name: 'FLEET', required: true, complete: 'fleet' },
  description: 'its name or id',
}

const kind = {
  shape: {
    ...{ type: 'text', value: 'SHAPE' },
    description: 'the size of its machines, as hatchery fleet shapes lists them',
  },
  'scale-up-at': {
    ...{ type: 'number', value: 'PERCENT' },
    description: 'use of its vCPU from which on machines would be added; 100 is never',
  },
} as const satisfies FlagSpecs

const region = { type: 'text', value: 'REGION', short: 'r', complete: 'region' } as const

export const fleets: readonly AnyCommand[] = [
  command({
    ...{ path: ['fleet', 'list'], section, output: 'list' },
    summary: 'the fleets of the organization',
    examples: ['hatchery fleet list', 'hatchery fleet list -q'],
    load: async () => (await import('../commands/fleet.ts')).listFleets,
  }),
  command({
    ...{ path: ['fleet', 'get'], section, output: 'value', arguments: [fleet] },
    summary: 'a fleet, and the machines that take its processes',
    flags: {
      region: { ...region, description: 'only there, with what is wished for it' },
    },
    examples: ['hatchery fleet get default', 'hatchery fleet get ranked --region Seattle'],
    load: async () => (await import('../commands/fleet.ts')).getFleet,
  }),
  command({
    ...{ path: ['fleet', 'create'], section, output: 'value', flags: kind },
    summary: 'makes a fleet; the setting nodes says which machines are its own',
    arguments: [
      { name: 'NAME', required: true, description: 'letters, digits, dashes and underscores' },
    ],
    examples: ['hatchery fleet create ranked', 'hatchery fleet create ranked --shape cpu-8-16'],
    load: async () => (await import('../commands/fleet.ts')).createFleet,
  }),
  command({
    ...{ path: ['fleet', 'update'], section, output: 'value', arguments: [fleet] },
    summary: 'changes the name of a fleet or the size of its machines',
    flags: { name: { type: 'text', value: 'NAME', description: 'the new name' }, ...kind },
    examples: [
      'hatchery fleet update ranked --name competitive',
      'hatchery fleet update ranked --shape cpu-16-32',
    ],
    load: async () => (await import('../commands/fleet.ts')).updateFleet,
  }),
  command({
    ...{ path: ['fleet', 'scale'], section, output: 'value', arguments: [fleet] },
    summary: 'how many machines a fleet is meant to have in a region',
    flags: {
      region: { ...region, description: 'where; needed' },
      nodes: { type: 'number', value: 'N', description: 'how many; needed' },
    },
    examples: [
      'hatchery fleet scale ranked --region Seattle --nodes 2',
      'hatchery fleet scale ranked --region Seattle --nodes 0',
    ],
    load: async () => (await import('../commands/fleet.ts')).scaleFleet,
  }),
  command({
    ...{ path: ['fleet', 'shapes'], section, output: 'list' },
    summary: 'the sizes of machines, those that are here first',
    examples: ['hatchery fleet shapes', 'hatchery fleet shapes --limit 3'],
    load: async () => (await import('../commands/fleet.ts')).listShapes,
  }),
]
