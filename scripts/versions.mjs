/**
 * All packages have the version that stands in the package.json of the repository, and depend on each other in exactly
 * that one; so does the example that uses them. Says which do not; with `--write` it puts them right, in package-lock.json too.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'

const { version } = readJson('package.json')
const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)
const names = folders.map((folder) => readJson(`${folder}/package.json`).name)
const manifests = [...folders, 'examples/matchmaker-test'].map((folder) => `${folder}/package.json`)
const files = [...manifests, 'package-lock.json']

const wrong = files.filter((file) => {
  const text = readFileSync(join(root, file), 'utf8')
  const right = `${JSON.stringify(versioned(JSON.parse(text)), null, 2)}\n`
  if (text !== right && process.argv.includes('--write')) writeFileSync(join(root, file), right)
  return text !== right
})
if (wrong.length > 0 && !process.argv.includes('--write')) {
  console.log(`not at version ${version}, or not as npm writes it: ${wrong.join(', ')}`)
  console.log('try: npm run check -- --write')
  process.exitCode = 1
}

/** A package.json, or a lock file with its entries for our packages. */
function versioned(file) {
  const entries = { '': { ...file.packages?.[''], version }, ...ours(file.packages) }
  return {
    ...withDependencies({ ...file, version }),
    ...(file.packages && { packages: { ...file.packages, ...entries } }),
  }
}

function ours(packages = {}) {
  const entries = folders.filter((folder) => folder in packages)
  return Object.fromEntries(
    entries.map((folder) => [folder, withDependencies({ ...packages[folder], version })]),
  )
}

function withDependencies(manifest) {
  const kinds = ['dependencies', 'devDependencies'].filter((kind) => kind in manifest)
  const changed = kinds.map((kind) => [kind, Object.fromEntries(atVersion(manifest[kind]))])
  return { ...manifest, ...Object.fromEntries(changed) }
}

function atVersion(dependencies) {
  const entries = Object.entries(dependencies)
  return entries.map(([name, wanted]) => [name, names.includes(name) ? version : wanted])
}

function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'))
}
