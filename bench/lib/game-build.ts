/** The smallest game server in C, as a build for the local driver and as a program for the references. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requiredCommand } from './commands.ts'

export interface GameBuild {
  /** What is uploaded. */
  readonly folder: string
  readonly program: string
}

/** Compiles it, linked statically as its start costs least then. Rejects the row where there is no compiler. */
export function gameBuild(folder: string): GameBuild {
  const build = join(folder, 'game')
  const program = join(build, 'game')
  mkdirSync(build, { recursive: true, mode: 0o755 })
  const source = fileURLToPath(new URL('../games/game.c', import.meta.url))
  execFileSync(requiredCommand('gcc'), ['-O2', '-static', '-o', program, source])
  writeFileSync(join(build, 'Procfile'), 'server: ./game\n')
  return { folder: build, program }
}
