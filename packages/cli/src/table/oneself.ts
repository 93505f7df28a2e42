/** Commands about this program and its user. */
import { type AnyCommand, type ArgumentSpec, command } from '../command.ts'

const section = 'oneself'
const profileName: ArgumentSpec = {
  ...{ name: 'NAME', required: true, complete: 'profile' },
  description: 'of a profile',
}

export const oneself: readonly AnyCommand[] = [
  command({
    ...{ path: ['login'], section, output: 'value' },
    summary: 'keeps a server and its token, after trying it',
    details: `The address is --url, the token --token or --token-file; what is missing is asked for.
Both are kept in $XDG_CONFIG_HOME/hatchery/profiles.json, which only you can read.`,
    examples: [
      'hatchery login --url https://games.example',
      'hatchery login --url https://games.example --token-file - --profile live < token',
    ],
    load: async () => (await import('../commands/login.ts')).login,
  }),
  command({
    ...{ path: ['logout'], section, output: 'value' },
    summary: 'forgets the token of a profile',
    examples: ['hatchery logout', 'hatchery logout --profile live'],
    load: async () => (await import('../commands/login.ts')).logout,
  }),
  command({
    ...{ path: ['whoami'], section, output: 'value' },
    summary: 'who the token speaks for, and what it may do',
    examples: ['hatchery whoami', 'hatchery whoami --json'],
    load: async () => (await import('../commands/whoami.ts')).whoami,
  }),
  command({
    ...{ path: ['profile', 'list'], section, output: 'list', online: false },
    summary: 'the servers that login kept',
    examples: ['hatchery profile list', 'hatchery profile list -q'],
    load: async () => (await import('../commands/profile.ts')).listProfiles,
  }),
  command({
    ...{ path: ['profile', 'use'], section, output: 'value', online: false },
    summary: 'uses another profile from now on',
    arguments: [profileName],
    examples: ['hatchery profile use live', 'hatchery profile use default'],
    load: async () => (await import('../commands/profile.ts')).useProfile,
  }),
  command({
    ...{ path: ['profile', 'remove'], section, output: 'value', online: false },
    summary: 'forgets a profile',
    arguments: [profileName],
    examples: ['hatchery profile remove live', 'hatchery profile remove default'],
    load: async () => (await import('../commands/profile.ts')).removeProfile,
  }),
  command({
    ...{ path: ['config', 'get'], section, output: 'value', online: false },
    summary: 'what this program keeps: profile, url, app',
    arguments: [{ name: 'KEY', description: 'one of them; all when left out' }],
    examples: ['hatchery config get', 'hatchery config get url'],
    load: async () => (await import('../commands/profile.ts')).getConfig,
  }),
  command({
    ...{ path: ['config', 'set'], section, output: 'value', online: false },
    summary: 'changes what this program keeps; another url forgets the token',
    arguments: [
      { name: 'KEY', required: true, description: 'profile, url or app' },
      { name: 'VALUE', required: true, description: 'what it shall be' },
    ],
    examples: ['hatchery config set app my-game', 'hatchery config set url https://games.example'],
    load: async () => (await import('../commands/profile.ts')).setConfig,
  }),
  command({
    ...{ path: ['api'], section, output: 'text' },
    summary: 'any request to the server, with its token',
    arguments: [
      { name: 'METHOD', required: true, description: 'GET, POST, PUT, PATCH or DELETE' },
      { name: 'PATH', required: true, description: 'begins with /; {appId} is filled in' },
    ],
    flags: {
      body: { type: 'text', value: 'JSON', description: 'what to send; @FILE, or - for stdin' },
    },
    examples: [
      'hatchery api GET /apps/v2/apps',
      'hatchery api POST /rooms/v2/{appId}/create --body \'{"region":"Seattle"}\'',
    ],
    load: async () => (await import('../commands/api.ts')).callApi,
  }),
  command({
    ...{ path: ['completion'], section, output: 'text', online: false },
    summary: 'a script that completes commands, flags and ids in your shell',
    details: `bash: source <(hatchery completion bash)
zsh:  source <(hatchery completion zsh)
fish: hatchery completion fish | source`,
    arguments: [{ name: 'SHELL', required: true, description: 'bash, zsh or fish' }],
    examples: ['hatchery completion bash', 'hatchery completion zsh > ~/.zfunc/_hatchery'],
    load: async () => (await import('../commands/completion.ts')).completion,
  }),
  command({
    ...{ path: ['complete'], section, output: 'text', hidden: true },
    summary: 'what may follow; the script of completion asks it',
    arguments: [{ name: 'WORDS', many: true, description: 'the command line so far' }],
    examples: ["hatchery complete -- room ''", "hatchery complete -- ps --region ''"],
    load: async () => (await import('../commands/complete.ts')).complete,
  }),
  command({
    path: ['help'],
    section,
    summary: 'what there is, what one command does, or a topic',
    output: 'text',
    online: false,
    arguments: [
      {
        ...{ name: 'WORDS', many: true, complete: 'topic' },
        description: 'a command, or environment, exit-codes, output, ids, hathora',
      },
    ],
    examples: ['hatchery help room create', 'hatchery help exit-codes'],
    load: async () => (await import('../commands/help.ts')).help,
  }),
  command({
    path: ['version'],
    section,
    summary: 'the version of this program',
    output: 'text',
    online: false,
    examples: ['hatchery version', 'hatchery --version'],
    load: async () => (await import('../commands/version.ts')).showVersion,
  }),
]
