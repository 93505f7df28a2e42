/** The published bundle: what `npm run build` makes, made anew when a source is newer. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const built = join(root, 'dist/hatchery/dist/main.mjs')

/** Answers the file that `hatchery` runs. */
export function bundledCommand(): string {
  if (!existsSync(built) || statSync(built).mtimeMs < newestSource()) {
    execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root })
  }
  return join(root, 'dist/hatchery/bin/hatchery.mjs')
}

function newestSource(): number {
  const files = readdirSync(join(root, 'packages'), { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => /^[^/]+\/src\/.*\.ts$/.test(file))
  return Math.max(...sources.map((file) => statSync(join(root, 'packages', file)).mtimeMs))
}
