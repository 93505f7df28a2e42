/** `hatchery usage` and `hatchery invoice …`. */
import { type AnyCommand, command } from '../command.ts'

const section = 'server'

export const usageCommands: readonly AnyCommand[] = [
  command({
    ...{ path: ['usage'], section, output: 'list' },
    summary: 'what each application used in a month, and what it would cost',
    flags: {
      month: {
        ...{ type: 'text', value: 'MONTH' },
        description: 'a month in UTC, as 2026-11; this one when left out',
      },
    },
    examples: ['hatchery usage', 'hatchery usage --month 2026-11 --json'],
    load: async () => (await import('../commands/usage.ts')).usage,
  }),
  command({
    ...{ path: ['invoice', 'list'], section, output: 'list' },
    summary: 'the months that are over, each with the address of a page to print',
    examples: ['hatchery invoice list', 'hatchery invoice list --columns invoice,page'],
    load: async () => (await import('../commands/usage.ts')).listInvoices,
  }),
]
