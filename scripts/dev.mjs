/** `npm run dev`: the server on .hatchery, started anew when a source file changes. Arguments go on to `hatchery serve`. */
import { join } from 'node:path'
import { runNode } from '../packages/cli/bin/run-node.mjs'
import { ensureInstalled } from './install.mjs'
import { endWithNpm, env, node24, root } from './node24.mjs'

ensureInstalled()
endWithNpm()
const program = join(root, 'packages/cli/bin/hatchery.mjs')
const data = ['--data', join(root, '.hatchery')]
const serve = [program, 'serve', ...data, ...process.argv.slice(2)]
process.exitCode = await runNode(node24, ['--watch', '--watch-preserve-output', ...serve], env)
