/** The command line `hatchery`: finds the command, runs it, turns a failure into lines and an exit code. */
import { environment } from './settings.ts'
import { version } from './version.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const [first] = argv
  if (first === '--version' || first === '-V') {
    process.stdout.write(`${version}\n`)
    return 0
  }
  // A reader that has seen enough, as `head`, is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  const { runCommandLine } = await import('./run-command-line.ts')
  return await runCommandLine(argv, environment)
}
