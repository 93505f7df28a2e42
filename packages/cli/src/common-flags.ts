/** Flags that many commands share. */
import type { AnyCommand, FlagSpecs, FlagValues } from './command.ts'

/** Which server, which application. */
const serverFlags = {
  url: {
    ...{ type: 'text', value: 'URL', also: ['hathora-cloud-endpoint'] },
    description: 'the server; needs the token beside it',
  },
  token: { type: 'text', value: 'TOKEN', description: 'the token for --url' },
  'token-file': {
    ...{ type: 'text', value: 'FILE' },
    description: 'a file with the token for --url; - reads it from stdin',
  },
  app: {
    ...{ type: 'text', value: 'APP', also: ['app-id'], complete: 'app' },
    description: 'the application: its name, its id or the beginning of that',
  },
  config: {
    ...{ type: 'text', value: 'FILE' },
    description: 'a YAML file of the official command line: the server, and flags by section',
  },
  profile: {
    ...{ type: 'text', value: 'NAME', complete: 'profile' },
    description: 'the server and token that login kept under this name',
  },
  verbose: { type: 'switch', description: 'print each request to stderr, never the token' },
  verbosity: {
    ...{ type: 'number', value: 'N', variable: 'HATHORA_VERBOSITY' },
    description: 'above 0 the same as --verbose',
  },
} as const satisfies FlagSpecs

const outputFlags = {
  json: { type: 'switch', description: 'one JSON value on stdout, as the API has it' },
  output: {
    ...{ type: 'text', short: 'o', value: 'FORMAT', choices: ['json', 'text', 'buildIdValue'] },
    ...{ description: 'how data is shown', variable: 'HATHORA_OUTPUT' },
  },
  quiet: { type: 'switch', short: 'q', description: 'ids only, one a line' },
} as const satisfies FlagSpecs

const listFlags = {
  columns: { type: 'list', value: 'NAMES', description: 'the columns to show, in this order' },
  sort: {
    type: 'text',
    value: 'COLUMN',
    description: 'order by a column; -COLUMN for the reverse',
  },
  limit: { type: 'number', value: 'N', description: 'at most so many; 0 for all' },
} as const satisfies FlagSpecs

const everyFlags = {
  yes: { type: 'switch', short: 'y', description: 'do not ask, the answer is yes' },
} as const satisfies FlagSpecs

/** Of those a command does not have, switches are false and all others undefined. */
export type CommonFlags = FlagValues<
  typeof serverFlags & typeof outputFlags & typeof listFlags & typeof everyFlags
>

/** The shared flags a command has, by what they are about. */
export function commonFlagsOf(command: AnyCommand): Readonly<Record<string, FlagSpecs>> {
  if (command.kind === 'settings') return {}
  const { online, output } = command
  return {
    'the server': online ? serverFlags : {},
    output: {
      ...(output === 'text' ? {} : outputFlags),
      ...(output === 'list' ? listFlags : {}),
      ...everyFlags,
    },
  }
}

/** All flags of a command, shared ones first: its own may replace one. */
export const allFlagsOf = (command: AnyCommand): FlagSpecs =>
  Object.assign(
    {},
    ...Object.values(commonFlagsOf(command)),
    command.kind === 'command' ? command.flags : {},
  ) as FlagSpecs

/** Every shared flag, for what is read before the command is known. */
export const commonFlags: FlagSpecs = {
  ...serverFlags,
  ...outputFlags,
  ...listFlags,
  ...everyFlags,
}
