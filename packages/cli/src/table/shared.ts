/** Arguments and flags that several commands of the table have. */
import type { ArgumentSpec, FlagSpecs } from '../command.ts'

export const idsOfProcesses = [
  { name: 'ID', many: true, description: 'of processes', complete: 'process' },
] as const satisfies readonly ArgumentSpec[]

export const latestFlag = {
  latest: { type: 'switch', description: 'the newest process' },
} as const satisfies FlagSpecs

export const processFilters = {
  status: {
    ...{ type: 'list', value: 'STATUS' },
    description: 'only these: starting, running, draining, stopping, stopped, failed',
  },
  region: {
    ...{ type: 'list', value: 'REGION', short: 'r', complete: 'region' },
    description: 'only in these regions',
  },
} as const satisfies FlagSpecs

export const regionFlag = {
  region: {
    ...{ type: 'text', value: 'REGION', short: 'r', complete: 'region' },
    description: 'where; asked for when there are several',
  },
} as const satisfies FlagSpecs
