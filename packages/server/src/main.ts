/** The program `hatchery serve`: settings, start, and a clean end on a signal. The only file that touches signals. */
import { readFileSync } from 'node:fs'
import { configWarnings, readConfig } from './config.ts'
import type { Log } from './domain/log.ts'
import { createLog } from './log.ts'
import { type Server, startServer } from './server.ts'

export interface ProgramInputs {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly launcherEntry?: string
}

/** Runs until a signal ends it; resolves when all is closed. Rejects when it cannot start. */
export async function serve({ argv, env, version, launcherEntry }: ProgramInputs): Promise<void> {
  const config = readConfig({ argv, env, cwd: process.cwd(), isRoot: process.getuid?.() === 0 })
  const log = createLog(config.log.level, 1)
  const ended = endSignal()
  const server = await startServer({
    config,
    version,
    log,
    ...(launcherEntry !== undefined && { launcherEntry }),
  })
  for (const warning of configWarnings(config)) log.warn({ event: 'config.warning' }, warning)
  if (server.firstStart) announceToken(server, log)
  await ended
  log.info({ event: 'server.stopping' }, 'stopping; the games go on')
  await server.close()
}

/** Signals that come this close together are one: npm hands Ctrl-C on, and the terminal sends it too. */
const sameSignalMs = 500

/** Resolves at SIGINT or SIGTERM, from the call on. A second one does not wait for anything. */
export async function endSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    let askedAt: number | undefined
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        askedAt ??= performance.now()
        if (performance.now() - askedAt > sameSignalMs) process.exit(130)
        resolve()
      })
    }
  })
}

/** The secret goes to a terminal only; everywhere else its place does. */
function announceToken({ tokenFile }: Server, log: Log): void {
  log.info({ event: 'token.made', tokenFile }, 'the admin token was made')
  if (!process.stdout.isTTY) return
  process.stdout.write(`Admin token: ${readFileSync(tokenFile, 'utf8').trim()}\n`)
}
