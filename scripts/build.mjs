/**
 * `npm run build`: what is published, one folder for each package in dist/ or in the folder that is given, as `npm pack`
 * takes it. Nothing in them depends on a package that is not ours: libraries are bundled, in JavaScript and in
 * declarations.
 *
 * - `contract`: one file for each module system.
 * - `client`: a file for each source file, so that bundlers drop the groups that nobody calls.
 * - `server`, `testkit`: one file, for Node 24, which can `require` it too.
 * - `hatchery`: one file for each command and what they share, so that `hatchery ps` does not read the server. That is
 *   what makes it start fast; in one file each command would parse 4 MB.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { writeBundle, writeModules, writeParts } from './build/bundle.mjs'
import { emitDeclarations } from './build/declarations.mjs'
import { writePackage } from './build/package-folder.mjs'
import { ensureInstalled } from './install.mjs'
import { root } from './node24.mjs'

ensureInstalled()
const dist = emptyFolder(process.argv[2])
const declarations = mkdtempSync(join(tmpdir(), 'hatchery-declarations-'))
try {
  emitDeclarations(declarations)
  const packages = [
    buildContract(join(dist, 'contract')),
    buildClient(join(dist, 'client')),
    buildServer(join(dist, 'server')),
    buildTestKit(join(dist, 'testkit')),
    buildCommandLine(join(dist, 'hatchery')),
  ]
  const built = await Promise.all(packages)
  for (const { name, kilobytes } of built) console.log(`${name}  ${kilobytes} KB`)
} finally {
  rmSync(declarations, { recursive: true })
}

/** Only our own is emptied: what is in another one is not ours to delete. */
function emptyFolder(given) {
  if (given === undefined) {
    rmSync(join(root, 'dist'), { recursive: true, force: true })
    return join(root, 'dist')
  }
  const folder = resolve(given)
  if (!existsSync(folder) || readdirSync(folder).length === 0) return folder
  console.error(`error: ${folder} is not empty; name a folder that is, or none for dist/`)
  process.exit(2)
}

async function buildContract(folder) {
  const entry = 'packages/contract/src/index.ts'
  const libraries = await writeBundle({ entry, folder, formats: ['esm', 'cjs'], target: 'node20' })
  return writePackage({ source: 'packages/contract', folder, declarations, libraries })
}

async function buildClient(folder) {
  const libraries = await writeModules({ source: 'packages/client', folder, target: 'node20' })
  return writePackage({
    source: 'packages/client',
    folder,
    declarations,
    libraries,
    layout: 'modules',
  })
}

async function buildServer(folder) {
  const entry = 'packages/server/src/index.ts'
  const libraries = await writeBundle({ entry, folder, formats: ['esm'], target: 'node24' })
  await writeLauncher(folder)
  return writePackage({ source: 'packages/server', folder, declarations, libraries })
}

/** The client and the server stay packages of their own, so that a test has one of each. */
async function buildTestKit(folder) {
  const entry = 'packages/testkit/src/index.ts'
  const external = ['@hatchery/client', '@hatchery/server']
  const wanted = { entry, folder, formats: ['esm'], target: 'node24', external }
  const libraries = await writeBundle(wanted)
  return writePackage({ source: 'packages/testkit', folder, declarations, libraries, external })
}

async function buildCommandLine(folder) {
  const libraries = await writeParts({
    entry: 'packages/cli/src/main.ts',
    folder: join(folder, 'dist'),
    target: 'node24',
  })
  await writeLauncher(join(folder, 'dist'))
  cpSync(join(root, 'packages/cli/bin'), join(folder, 'bin'), { recursive: true })
  cpSync(join(root, 'examples/sample-game'), join(folder, 'sample-game'), { recursive: true })
  return writePackage({ source: 'packages/cli', folder, libraries })
}

/** The process that forks games stands in a file of its own beside the server. */
function writeLauncher(folder) {
  return writeBundle({
    entry: 'packages/server/src/drivers/local/launcher/main.ts',
    folder: join(folder, 'launcher'),
    name: 'main',
    formats: ['esm'],
    target: 'node24',
  })
}
