/** From a program to players, and back to the one before; what processes write; the installation in a file. */
import { type AnyCommand, command } from '../command.ts'
import { deploymentFlags } from '../shipping/deployment-fields.ts'
import { newBuildFlags, registryFlags, uploadFlags } from './shared.ts'

const { port, rooms, cpu, env } = deploymentFlags

export const shipping: readonly AnyCommand[] = [
  command({
    path: ['run'],
    section: 'every day',
    summary: 'run a program or a folder as a game server, and follow it until it ends',
    details:
      'Makes an application of its name, a build, a deployment and a process, and shows where players reach it and what it\n' +
      'writes. Words after -- are handed to the program. A folder has a Procfile with a line "server: ./my-server".\n' +
      "Ctrl-C stops it. Ends with the game server's own exit code, 128 + n after signal n.",
    output: 'stream',
    arguments: [
      { name: 'PROGRAM', description: 'a program, or a folder with a Procfile', required: true },
      { name: 'WORDS', description: 'what the program is started with', many: true },
    ],
    flags: {
      ...{ port, 'also-port': deploymentFlags['also-port'], rooms, cpu, env },
      'memory-mb': deploymentFlags['memory-mb'],
      'idle-timeout': deploymentFlags['idle-timeout'],
      region: {
        type: 'text',
        value: 'REGION',
        short: 'r',
        complete: 'region',
        description: 'where it runs; the first region when left out',
      },
      watch: {
        type: 'switch',
        description: 'start it anew when the program or the folder changes, at the same address',
      },
    },
    examples: [
      'hatchery run ./my-server --port 7777/udp',
      'hatchery run ./game --port 8080/tcp --watch -- --map arena',
    ],
    load: async () => (await import('../commands/run.ts')).run,
  }),
  command({
    path: ['deploy'],
    section: 'every day',
    summary: 'build a folder and use it for new processes',
    details:
      'What no flag says stays as in the newest deployment. A build that fails is never deployed.',
    output: 'value',
    arguments: [{ name: 'FOLDER', description: 'what is built; this folder when left out' }],
    flags: {
      ...deploymentFlags,
      ...newBuildFlags,
      ...uploadFlags,
      ...registryFlags,
      // A variable that is meant for create-with-registry must not replace the folder.
      image: {
        ...{ type: 'text', value: 'IMAGE' },
        description: 'an image of a registry in place of a folder',
      },
      build: {
        ...{ type: 'text', value: 'BUILD', complete: 'build' },
        description: 'a build that is there already, by its id or tag',
      },
      'dry-run': { type: 'switch', description: 'only say what would change, and for how many' },
      timeout: { type: 'duration', value: 'TIME', description: 'give up after this time, as 5m' },
    },
    examples: ['hatchery deploy', 'hatchery deploy ./build --port 7777/udp --rooms 4 --tag v12'],
    load: async () => (await import('../commands/deploy.ts')).deploy,
  }),
  command({
    path: ['rollback'],
    section: 'every day',
    summary: 'use an older deployment again for new processes',
    output: 'value',
    arguments: [
      {
        ...{ name: 'DEPLOYMENT', complete: 'deployment' },
        description: 'its id or tag; the one before the newest when left out',
      },
    ],
    flags: { 'dry-run': { type: 'switch', description: 'only say what would change' } },
    examples: ['hatchery rollback', 'hatchery rollback v11 --dry-run'],
    load: async () => (await import('../commands/rollback.ts')).rollback,
  }),
  command({
    path: ['logs'],
    aliases: [['log']],
    section: 'every day',
    summary: 'what processes wrote; with -f what they write',
    output: 'stream',
    arguments: [{ name: 'ID', description: 'processes', many: true, complete: 'process' }],
    flags: {
      follow: {
        type: 'switch',
        short: 'f',
        variable: 'HATHORA_LOG_FOLLOW',
        description: 'go on until the process ends; a cut connection is taken up again',
      },
      tail: {
        type: 'number',
        value: 'N',
        default: 100,
        also: ['tail-lines'],
        variable: 'HATHORA_BUILD_TAIL_LINES',
        description: 'how many lines from before, 1 to 5,000',
      },
      'process-id': {
        ...{ type: 'text', value: 'ID', variable: 'HATHORA_LOG_PROCESS_ID', complete: 'process' },
        description: 'the same as ID',
      },
      grep: {
        type: 'text',
        value: 'PATTERN',
        description: 'only lines that fit a regular expression',
      },
      prefix: { type: 'switch', description: 'the process before each line; always with several' },
      latest: { type: 'switch', description: 'the newest process' },
      failed: { type: 'switch', description: 'the newest process that failed' },
    },
    examples: ['hatchery logs 3f9c21d8 -f', 'hatchery logs --failed --tail 200'],
    load: async () => (await import('../commands/logs.ts')).logs,
  }),
  command({
    path: ['backup'],
    section: 'server',
    summary: 'the whole installation in one file, while it goes on',
    details:
      'Records, metrics, builds and secrets as they were at one moment. Logs and what runs are not in it.',
    output: 'value',
    arguments: [{ name: 'FILE', description: 'where to; a name with the time when left out' }],
    examples: ['hatchery backup', 'hatchery backup /mnt/backups/hatchery.tar'],
    load: async () => (await import('../commands/backup.ts')).backup,
  }),
  command({
    path: ['restore'],
    section: 'server',
    summary: 'a data folder from a backup',
    output: 'value',
    online: false,
    arguments: [{ name: 'FILE', description: 'a backup', required: true }],
    flags: {
      data: {
        type: 'text',
        value: 'FOLDER',
        default: '.hatchery',
        description: 'the data folder to make; it must be missing or empty',
      },
      force: {
        type: 'switch',
        description:
          'take the place of a data folder that no server uses; it is kept beside the new one',
      },
    },
    examples: [
      'hatchery restore hatchery.tar',
      'hatchery restore hatchery.tar --data /var/lib/hatchery --force',
    ],
    load: async () => (await import('../commands/restore.ts')).restore,
  }),
  command({
    path: ['doctor'],
    section: 'server',
    summary: 'what this machine can do for game servers, and what follows from it',
    output: 'list',
    online: false,
    flags: {
      data: {
        type: 'text',
        value: 'FOLDER',
        default: '.hatchery',
        description: 'the data folder it is about',
      },
      check: {
        type: 'switch',
        description: 'also check the records of the data folder, while no server uses it',
      },
      docker: {
        type: 'switch',
        description: 'as `up --docker`: games are to run in containers only',
      },
    },
    examples: ['hatchery doctor --docker', 'hatchery doctor --check --data /var/lib/hatchery'],
    load: async () => (await import('../commands/doctor.ts')).doctor,
  }),
]
