/** `npm run up`: from a clone to a running game server. Arguments go on to `hatchery up`. */
import { join } from 'node:path'
import { runNode } from '../packages/cli/bin/run-node.mjs'
import { ensureInstalled } from './install.mjs'
import { endWithNpm, env, node24, root } from './node24.mjs'

ensureInstalled()
endWithNpm()
const program = join(root, 'packages/cli/bin/hatchery.mjs')
process.exitCode = await runNode(node24, [program, 'up', ...process.argv.slice(2)], env)
