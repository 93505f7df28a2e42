/** `npm run bench`: measures the product. Arguments go on to bench/main.ts. */
import { ensureInstalled } from './install.mjs'
import { endWithNpm, run } from './node24.mjs'

ensureInstalled()
endWithNpm()
process.exitCode = await run(['bench/main.ts', ...process.argv.slice(2)])
