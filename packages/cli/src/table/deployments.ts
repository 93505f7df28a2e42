/** `hatchery deployment …`. */
import { type AnyCommand, type ArgumentSpec, command } from '../command.ts'
import { deploymentFlags } from '../shipping/deployment-fields.ts'
import { buildIdFlag } from './shared.ts'

const section = 'things'
const deployment: ArgumentSpec = {
  ...{ name: 'DEPLOYMENT', complete: 'deployment' },
  description: 'its id or tag, or the tag of its build',
}

export const deployments: readonly AnyCommand[] = [
  command({
    ...{ path: ['deployment', 'list'], section, output: 'list' },
    aliases: [['get-deployments'], ['deployment', 'get-deployments']],
    summary: 'the deployments of the application, newest first',
    flags: {
      tag: { type: 'text', value: 'TAG', description: 'only with this tag' },
      'build-tag': { type: 'text', value: 'TAG', description: 'only of builds with this tag' },
    },
    examples: ['hatchery deployment list', 'hatchery deployment list --build-tag v12'],
    load: async () => (await import('../commands/deployment.ts')).listDeployments,
  }),
  command({
    ...{ path: ['deployment', 'get'], section, output: 'value' },
    arguments: [deployment],
    aliases: [
      ['deployment', 'info'],
      ['get-deployment-info'],
      ['deployment', 'get-deployment-info'],
    ],
    summary: 'a deployment',
    flags: {
      'deployment-id': {
        ...{ type: 'text', value: 'ID', variable: 'HATHORA_DEPLOYMENT_ID', complete: 'deployment' },
        description: 'the same as DEPLOYMENT',
      },
    },
    examples: ['hatchery deployment get v12', 'hatchery deployment get v12 --json'],
    load: async () => (await import('../commands/deployment.ts')).getDeployment,
  }),
  command({
    ...{ path: ['deployment', 'latest'], section, output: 'value' },
    aliases: [['get-latest-deployment'], ['deployment', 'get-latest-deployment']],
    summary: 'the deployment that new processes use',
    examples: ['hatchery deployment latest', 'hatchery deployment latest -o buildIdValue'],
    load: async () => (await import('../commands/deployment.ts')).latestDeployment,
  }),
  command({
    ...{ path: ['deployment', 'create'], section, output: 'value' },
    aliases: [['create-deployment'], ['deployment', 'create-deployment']],
    summary: 'makes a deployment; what is left out is as in the newest one',
    arguments: [
      {
        ...{ name: 'BUILD', complete: 'build' },
        description: 'its id or tag; the build of the newest deployment when left out',
      },
    ],
    flags: { ...buildIdFlag, ...deploymentFlags },
    examples: [
      'hatchery deployment create v12',
      'hatchery deployment create v12 --port 7777/udp --rooms 4 --env MODE=ranked',
    ],
    load: async () => (await import('../commands/create-deployment.ts')).createDeployment,
  }),
  command({
    ...{ path: ['deployment', 'diff'], section, output: 'list' },
    summary: 'what two deployments say differently',
    arguments: [
      { ...deployment, required: true },
      {
        ...{ name: 'OTHER', complete: 'deployment' },
        description: 'the newest one when left out',
      },
    ],
    examples: ['hatchery deployment diff v11', 'hatchery deployment diff v11 v12'],
    load: async () => (await import('../commands/deployment.ts')).diffDeployments,
  }),
]
