/**
 * `npm run build`: what is published, into dist/: the packages `hatchery` (the command line, which brings the server
 * along) and `@hatchery/server`. The server is one file of JavaScript, the command line one for each command and what
 * they share, so that it starts fast; the launcher of games stands beside them.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './install.mjs'
import { root } from './node24.mjs'

/** Libraries in CommonJS call `require` for parts of Node; a module has none. */
const requireForCommonJs =
  "import { createRequire as createRequire_ } from 'node:module'\nconst require = createRequire_(import.meta.url)"

const options = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  banner: { js: requireForCommonJs },
  legalComments: 'linked',
  logLevel: 'warning',
}

ensureInstalled()
const { build } = await import('esbuild')
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })
await Promise.all([buildCommandLine(join(dist, 'hatchery')), buildServer(join(dist, 'server'))])

async function buildCommandLine(folder) {
  await bundleParts('packages/cli/src/main.ts', join(folder, 'dist'))
  await bundleLauncher(join(folder, 'dist'))
  cpSync(join(root, 'packages/cli/bin'), join(folder, 'bin'), { recursive: true })
  cpSync(join(root, 'examples/sample-game'), join(folder, 'sample-game'), { recursive: true })
  writePackage('packages/cli', folder, { bin: { hatchery: 'bin/hatchery.mjs' } })
}

async function buildServer(folder) {
  await bundle('packages/server/src/index.ts', join(folder, 'index.mjs'))
  await bundleLauncher(folder)
  writePackage('packages/server', folder, { exports: './index.mjs' })
}

function bundleLauncher(folder) {
  const entry = 'packages/server/src/drivers/local/launcher/main.ts'
  return bundle(entry, join(folder, 'launcher/main.mjs'))
}

async function bundle(entry, outfile) {
  const { warnings } = await build({ ...options, entryPoints: [join(root, entry)], outfile })
  if (warnings.length > 0) process.exitCode = 1
  showSize(outfile, statSync(outfile).size)
}

/** All in one folder, which is where the sources look for what stands beside them. */
async function bundleParts(entry, outdir) {
  const { warnings, metafile } = await build({
    ...options,
    entryPoints: [join(root, entry)],
    outdir,
    splitting: true,
    metafile: true,
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
  })
  if (warnings.length > 0) process.exitCode = 1
  const parts = Object.values(metafile.outputs)
  showSize(
    `${outdir}/`,
    parts.reduce((sum, { bytes }) => sum + bytes, 0),
  )
}

function showSize(path, bytes) {
  console.log(`${path.slice(root.length + 1)}  ${Math.round(bytes / 1024)} KB`)
}

/** A package.json without dependencies, since all are bundled. */
function writePackage(source, folder, entries) {
  const { name, version, description, license, type } = JSON.parse(
    readFileSync(join(root, source, 'package.json'), 'utf8'),
  )
  const engines = { node: '>=24' }
  mkdirSync(folder, { recursive: true })
  const text = JSON.stringify(
    { name, version, description, license, type, engines, ...entries },
    null,
    2,
  )
  writeFileSync(join(folder, 'package.json'), `${text}\n`)
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
}
