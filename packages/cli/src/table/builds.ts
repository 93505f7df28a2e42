/** `hatchery build …`. */
import { type AnyCommand, type ArgumentSpec, command } from '../command.ts'
import { buildIdFlag, newBuildFlags, registryFlags, uploadFlags } from './shared.ts'

const section = 'things'
const build: ArgumentSpec = {
  ...{ name: 'BUILD', complete: 'build' },
  description: 'its id or tag',
}

export const builds: readonly AnyCommand[] = [
  command({
    ...{ path: ['build', 'list'], section, output: 'list' },
    aliases: [['get-builds'], ['build', 'get-builds']],
    summary: 'the builds, newest first',
    examples: ['hatchery build list', 'hatchery build list --limit 5'],
    load: async () => (await import('../commands/build.ts')).listBuilds,
  }),
  command({
    ...{ path: ['build', 'get'], section, output: 'value', arguments: [build] },
    aliases: [['build', 'info'], ['get-build-info'], ['build', 'get-build-info']],
    summary: 'a build',
    flags: buildIdFlag,
    examples: ['hatchery build get v12', 'hatchery build get v12 -o buildIdValue'],
    load: async () => (await import('../commands/build.ts')).getBuild,
  }),
  command({
    ...{ path: ['build', 'create'], section, output: 'value' },
    aliases: [['create-build'], ['build', 'create-build']],
    summary: 'uploads a folder and makes it startable',
    arguments: [
      { name: 'FOLDER', description: 'with a Procfile; the working folder when left out' },
    ],
    flags: { ...newBuildFlags, ...uploadFlags },
    examples: ['hatchery build create .', 'hatchery build create ./server --tag v12'],
    load: async () => (await import('../commands/build.ts')).createBuild,
  }),
  command({
    ...{ path: ['build', 'create-with-registry'], section, output: 'value' },
    aliases: [['create-build-registry']],
    summary: 'makes a build of an image in a container registry',
    details:
      'The password of a private registry is read from a file or stdin with --auth-file, or from\n' +
      'HATHORA_BUILD_REGISTRY_AUTH. It is used for this one pull and kept nowhere.',
    arguments: [{ name: 'IMAGE', description: 'name and tag of the image' }],
    flags: { ...newBuildFlags, ...registryFlags },
    examples: [
      'hatchery build create-with-registry studio/server:12',
      'hatchery build create-with-registry server:12 --registry registry.example',
    ],
    load: async () => (await import('../commands/build.ts')).createFromRegistry,
  }),
  command({
    ...{ path: ['build', 'delete'], section, output: 'value', arguments: [build] },
    aliases: [['delete-build'], ['build', 'delete-build']],
    summary: 'deletes a build',
    details:
      'Named with --build-id, as in the official command line, it is deleted without a question.',
    flags: buildIdFlag,
    examples: ['hatchery build delete v11', 'hatchery build delete v11 --yes'],
    load: async () => (await import('../commands/build.ts')).deleteBuild,
  }),
  command({
    ...{ path: ['build', 'logs'], section, output: 'text' },
    arguments: [{ ...build, required: true }],
    summary: 'what a build printed; follows one that runs',
    examples: ['hatchery build logs v12', 'hatchery build logs v12 | tail'],
    load: async () => (await import('../commands/build.ts')).buildLogs,
  }),
]
