/** A build whose content does not matter, for the fake driver. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Answers the folder to upload. */
export function tinyBuild(folder: string): string {
  const build = join(folder, 'tiny-build')
  mkdirSync(build, { recursive: true })
  writeFileSync(join(build, 'server'), '#!/bin/sh\nexec sleep 1000000\n', { mode: 0o755 })
  return build
}
