/** `hatchery token …`. */
import { type AnyCommand, command } from '../command.ts'

const section = 'things'

export const tokens: readonly AnyCommand[] = [
  command({
    ...{ path: ['token', 'list'], section, output: 'list' },
    summary: 'the tokens of the organization, without their secrets',
    flags: { all: { type: 'switch', short: 'a', description: 'revoked ones too' } },
    examples: ['hatchery token list', 'hatchery token list --all'],
    load: async () => (await import('../commands/token.ts')).listTokens,
  }),
  command({
    ...{ path: ['token', 'create'], section, output: 'value' },
    summary: 'makes a token; its secret is shown this one time',
    arguments: [{ name: 'NAME', required: true, description: 'what it is for' }],
    flags: {
      scopes: {
        ...{ type: 'list', value: 'SCOPES' },
        description:
          'what it may do, as builds:read-write,processes:read; everything when left out',
      },
    },
    examples: [
      'hatchery token create ci --scopes builds:read-write,deployments:read-write',
      'hatchery token create laptop -q > token',
    ],
    load: async () => (await import('../commands/token.ts')).createToken,
  }),
  command({
    ...{ path: ['token', 'revoke'], section, output: 'value' },
    summary: 'lets a token be refused from now on',
    arguments: [
      { name: 'TOKEN', required: true, description: 'its name or id', complete: 'token' },
    ],
    examples: ['hatchery token revoke ci', 'hatchery token revoke ci --yes'],
    load: async () => (await import('../commands/token.ts')).revokeToken,
  }),
]
