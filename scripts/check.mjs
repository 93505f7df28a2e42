/**
 * `npm run check`: all that is checked without running the product, at once, a line for each part. With `--write` it
 * first puts right what it can: format, lint fixes, generated pages and client.
 */
import { ensureInstalled } from './install.mjs'
import { binOf, capture } from './node24.mjs'

ensureInstalled()

const clientGenerator = 'packages/client/scripts/generate.ts'
const houseTests = [
  'packages/server/test/architecture.test.ts',
  'packages/server/test/docs.test.ts',
  'packages/server/test/nouns.test.ts',
  'packages/client/test/generated.test.ts',
]

const parts = {
  format: [binOf('oxfmt'), '--check'],
  lint: [binOf('oxlint'), '--type-aware', '--deny-warnings'],
  types: [binOf('typescript', 'tsc'), '--project', 'tsconfig.json'],
  'unused code': [binOf('knip'), '--no-progress'],
  'OpenAPI document': ['scripts/lint-openapi.ts'],
  'size of the client': ['packages/client/scripts/sizes.ts'],
  versions: ['scripts/versions.mjs'],
  'architecture, docs, generated client': [binOf('vitest'), 'run', ...houseTests],
}

const fixes = {
  versions: ['scripts/versions.mjs', '--write'],
  client: [clientGenerator],
  docs: ['scripts/docs.ts', '--write'],
  lint: [binOf('oxlint'), '--type-aware', '--fix'],
  format: [binOf('oxfmt')],
}

if (process.argv.includes('--write')) {
  for (const [name, args] of Object.entries(fixes)) await show(name, args)
}
const results = await Promise.all(Object.entries(parts).map(([name, args]) => show(name, args)))
process.exitCode = results.every(Boolean) ? 0 : 1

async function show(name, args) {
  const start = performance.now()
  const { code, output } = await capture(args)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${code === 0 ? '✓' : '✗'} ${name} ${seconds} s`)
  if (code !== 0) console.log(output.trimEnd().replace(/^/gm, '  '))
  return code === 0
}
