/** `hatchery build …`. */
import { type AnyCommand, type ArgumentSpec, command } from '../command.ts'

const section = 'things'
const build: ArgumentSpec = {
  ...{ name: 'BUILD', required: true, complete: 'build' },
  description: 'its id or tag',
}
const tag = {
  type: 'text',
  value: 'TAG',
  also: ['build-tag'],
  description: 'a version of your own beside the build',
} as const

export const builds: readonly AnyCommand[] = [
  command({
    ...{ path: ['build', 'list'], section, output: 'list' },
    aliases: [['get-builds']],
    summary: 'the builds, newest first',
    examples: ['hatchery build list', 'hatchery build list --limit 5'],
    load: async () => (await import('../commands/build.ts')).listBuilds,
  }),
  command({
    ...{ path: ['build', 'get'], section, output: 'value', arguments: [build] },
    aliases: [['build', 'info'], ['get-build-info']],
    summary: 'a build',
    examples: ['hatchery build get v12', 'hatchery build get v12 -o buildIdValue'],
    load: async () => (await import('../commands/build.ts')).getBuild,
  }),
  command({
    ...{ path: ['build', 'create'], section, output: 'value' },
    aliases: [['create-build']],
    summary: 'uploads a folder and makes it startable',
    arguments: [
      { name: 'FOLDER', description: 'with a Procfile; the working folder when left out' },
    ],
    flags: {
      tag,
      file: { type: 'text', value: 'FOLDER', short: 'f', description: 'the same as FOLDER' },
    },
    examples: ['hatchery build create .', 'hatchery build create ./server --tag v12'],
    load: async () => (await import('../commands/build.ts')).createBuild,
  }),
  command({
    ...{ path: ['build', 'create-with-registry'], section, output: 'value' },
    aliases: [['create-build-registry']],
    summary: 'makes a build of an image in a container registry',
    arguments: [{ name: 'IMAGE', required: true, description: 'name and tag of the image' }],
    flags: {
      tag,
      registry: {
        type: 'text',
        value: 'HOST',
        description: 'the registry, where it is not the public one',
      },
    },
    examples: [
      'hatchery build create-with-registry studio/server:12',
      'hatchery build create-with-registry server:12 --registry registry.example',
    ],
    load: async () => (await import('../commands/build.ts')).createFromRegistry,
  }),
  command({
    ...{ path: ['build', 'delete'], section, output: 'value', arguments: [build] },
    aliases: [['delete-build']],
    summary: 'deletes a build',
    examples: ['hatchery build delete v11', 'hatchery build delete v11 --yes'],
    load: async () => (await import('../commands/build.ts')).deleteBuild,
  }),
  command({
    ...{ path: ['build', 'logs'], section, output: 'text', arguments: [build] },
    summary: 'what a build printed; follows one that runs',
    examples: ['hatchery build logs v12', 'hatchery build logs v12 | tail'],
    load: async () => (await import('../commands/build.ts')).buildLogs,
  }),
]
