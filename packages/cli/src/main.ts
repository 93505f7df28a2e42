/** The command line `hatchery`: finds the command, runs it, turns a failure into lines and an exit code. */
import { Command, CommanderError } from 'commander'
import { report } from './failure.ts'
import { environment } from './settings.ts'
import { version } from './version.ts'

await run(process.argv.slice(2))

async function run(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2
      return
    }
    const { lines, exitCode } = report(error)
    process.stderr.write(`${lines.join('\n')}\n`)
    process.exitCode = exitCode
  }
}

function program(): Command {
  const hatchery = new Command('hatchery')
    .description('The open, self-hosted Hathora Cloud: starts and stops game servers.')
    .version(version, '-V, --version')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      outputError: (text, write) => write(text.replace('unknown', 'there is no')),
    })
  withSettings(hatchery, 'up', 'a server with a running sample game, in one step', async (argv) => {
    const { up } = await import('./commands/up.ts')
    await up({ argv, env: environment })
  })
  withSettings(hatchery, 'serve', 'the plain server, with structured log lines', async (argv) => {
    const { serve } = await import('@hatchery/server')
    await serve({ argv, env: environment, version })
  })
  withSettings(
    hatchery,
    'down',
    'stops the server of a data folder; with --games its games too',
    async (argv) => {
      const { down } = await import('./commands/down.ts')
      await down({ argv, env: environment })
    },
  )
  hatchery
    .command('help')
    .description('what there is, or what one command does')
    .argument('[command]')
    .action(async (name?: string) => {
      if (name === undefined) process.stdout.write(hatchery.helpInformation())
      else await program().parseAsync([name, '--help'], { from: 'user' })
    })
  hatchery
    .command('version')
    .description('the version of this program')
    .action(() => void process.stdout.write(`${version}\n`))
  return hatchery
}

/** A command that takes the server's settings as flags: they are read, and refused, by the server's own rules. */
function withSettings(
  parent: Command,
  name: string,
  description: string,
  act: (argv: string[]) => Promise<void>,
): void {
  parent
    .command(name)
    .description(description)
    .argument('[settings...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (_settings: string[], _options: unknown, command: Command) => {
      const argv = command.args
      if (!argv.includes('--help') && !argv.includes('-h')) return await act(argv)
      const { settingsHelp } = await import('@hatchery/server')
      process.stdout.write(`hatchery ${name}: ${description}\n\n${settingsHelp()}\n`)
    })
}
