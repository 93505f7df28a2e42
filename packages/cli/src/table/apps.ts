/** `hatchery app …`. */
import { type AnyCommand, type ArgumentSpec, type FlagSpecs, command } from '../command.ts'

const section = 'things'
const app: ArgumentSpec = {
  ...{ name: 'APP', complete: 'app' },
  description: 'its name or id; the one in use when left out',
}

const loginFlags = {
  anonymous: { type: 'switch', description: 'players may log in without a name' },
  nickname: { type: 'switch', description: 'players may log in with a nickname' },
  google: {
    ...{ type: 'text', value: 'CLIENT-ID' },
    description: 'players may log in with Google, with tokens made for this client id',
  },
} as const satisfies FlagSpecs

export const apps: readonly AnyCommand[] = [
  command({
    ...{ path: ['app', 'list'], section, output: 'list' },
    aliases: [['list-apps'], ['get-apps']],
    summary: 'the applications',
    examples: ['hatchery app list', 'hatchery app list --json | jq .[].appName'],
    load: async () => (await import('../commands/app.ts')).listApps,
  }),
  command({
    ...{ path: ['app', 'get'], section, output: 'value', arguments: [app] },
    aliases: [['app', 'info'], ['get-app-info']],
    summary: 'an application',
    examples: ['hatchery app get', 'hatchery app get my-game --json'],
    load: async () => (await import('../commands/app.ts')).getApp,
  }),
  command({
    ...{ path: ['app', 'create'], section, output: 'value', flags: loginFlags },
    aliases: [['create-app']],
    summary: 'makes an application',
    arguments: [
      { name: 'NAME', required: true, description: 'lower-case letters, digits and dashes' },
    ],
    examples: ['hatchery app create my-game', 'hatchery app create my-game --anonymous'],
    load: async () => (await import('../commands/app.ts')).createApp,
  }),
  command({
    ...{ path: ['app', 'update'], section, output: 'value', arguments: [app] },
    summary: 'changes the name of an application or how players log in',
    flags: {
      name: { type: 'text', value: 'NAME', description: 'the new name' },
      ...loginFlags,
      'no-login': { type: 'switch', description: 'players cannot log in' },
    },
    examples: [
      'hatchery app update my-game --name my-better-game',
      'hatchery app update my-game --anonymous --nickname',
    ],
    load: async () => (await import('../commands/app.ts')).updateApp,
  }),
  command({
    ...{ path: ['app', 'delete'], section, output: 'value', arguments: [app] },
    aliases: [['delete-app']],
    summary: 'deletes an application and stops all its processes',
    flags: {
      confirm: { type: 'text', value: 'NAME', description: 'its name, in place of being asked' },
    },
    examples: ['hatchery app delete my-game', 'hatchery app delete my-game --confirm my-game'],
    load: async () => (await import('../commands/app.ts')).deleteApp,
  }),
  command({
    ...{ path: ['app', 'use'], section, output: 'value' },
    arguments: [{ ...app, required: true, description: 'its name or id' }],
    summary: 'remembers which application commands to this server are about',
    examples: ['hatchery app use my-game', 'hatchery app use 2b1c6f0e'],
    load: async () => (await import('../commands/app.ts')).useApp,
  }),
  command({
    ...{ path: ['app', 'secret'], section, output: 'value', arguments: [app] },
    summary: 'the secret that signs player tokens',
    flags: {
      rotate: {
        type: 'switch',
        description: 'makes a new one; what the old one signed is good for another day',
      },
    },
    examples: ['hatchery app secret', 'hatchery app secret my-game --rotate'],
    load: async () => (await import('../commands/app.ts')).appSecret,
  }),
  command({
    ...{ path: ['app', 'scale'], section, output: 'value', arguments: [app] },
    summary: 'how many processes a region keeps running, or between which numbers requests move it',
    flags: {
      region: {
        ...{ type: 'text', value: 'REGION', short: 'r', complete: 'region' },
        description: 'where; needed',
      },
      target: { type: 'number', value: 'N', description: 'to keep; 0 keeps none' },
      requests: {
        ...{ type: 'number', value: 'N' },
        description:
          'in place of a target: as many as have N requests of the load balancer open each',
      },
      min: { type: 'number', value: 'N', description: 'never fewer' },
      max: { type: 'number', value: 'N', description: 'never more' },
    },
    examples: [
      'hatchery app scale --region Seattle --target 2',
      'hatchery app scale my-game --region Seattle --min 1 --max 8 --requests 20',
    ],
    load: async () => (await import('../commands/app-traffic.ts')).scaleApp,
  }),
  command({
    ...{ path: ['app', 'load-balancer'], section, output: 'value', arguments: [app] },
    summary: 'where HTTP and WebSocket are spread over the processes of an application',
    flags: {
      on: { type: 'switch', description: 'turns it on' },
      off: { type: 'switch', description: 'turns it off' },
    },
    examples: ['hatchery app load-balancer my-game --on', 'hatchery app load-balancer my-game'],
    load: async () => (await import('../commands/app-traffic.ts')).loadBalancer,
  }),
]
