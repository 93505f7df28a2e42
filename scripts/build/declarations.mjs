/**
 * The types that are published: what the compiler writes of the sources, and nothing but what the entries reach. What
 * they take from packages that are bundled comes along, so that the types need as little installed as the code.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { dirname, join, relative } from 'node:path'
import { binOf, node24, root } from '../node24.mjs'

/** Packages whose declarations are copied: where their entries and all their declarations are. */
const bundled = {
  '@hatchery/contract': (declarations) => ({
    entry: join(declarations, 'contract/src/index.d.ts'),
    folder: join(declarations, 'contract/src'),
  }),
  typebox: () => ({
    entry: join(root, 'node_modules/typebox/build/index.d.mts'),
    folder: join(root, 'node_modules/typebox/build'),
  }),
}

/** Has the compiler write the declarations of all packages into `folder`, which is empty. */
export function emitDeclarations(folder) {
  const configuration = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: folder },
      ...{ rootDir: join(root, 'packages'), typeRoots: [join(root, 'node_modules/@types')] },
    },
    include: [join(root, 'packages/*/src')],
  }
  const file = join(folder, 'tsconfig.json')
  writeFileSync(file, JSON.stringify(configuration))
  const compile = [binOf('typescript', 'tsc'), '--project', file]
  const { status, stdout } = spawnSync(node24, compile, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`no declarations: ${stdout}`)
}

/**
 * Copies what `entries` reach into `types/`, which is a CommonJS scope: modules may import from there as well, so one
 * copy is enough. Answers the paths of the entries' declarations, below `folder`, in their order.
 */
export function writeTypes({ entries, source, folder, declarations, external }) {
  const own = join(declarations, source.replace(/^packages\//, ''), 'src')
  const homes = [
    { name: '', folder: own },
    ...Object.entries(bundled).map(([name, of]) => ({ name, ...of(declarations) })),
  ].filter((home, index) => index === 0 || home.folder !== own)
  const written = new Set()

  function write(file) {
    const place = placeOf(file, homes)
    if (written.has(file)) return place
    written.add(file)
    const target = join(folder, 'types', place)
    mkdirSync(dirname(target), { recursive: true })
    const lines = readFileSync(file, 'utf8').split('\n')
    writeFileSync(target, lines.map((line) => rewrittenLine(line, file)).join('\n'))
    return place
  }

  /** Comments may show imports, of whatever they like. */
  function rewrittenLine(line, file) {
    if (/^\s*(?:\*|\/[*/])/.test(line)) return line
    return line.replaceAll(importPattern, (_, before, specifier, after) => {
      return `${before}${rewritten(specifier, file)}${after}`
    })
  }

  function rewritten(specifier, from) {
    const file = declarationOf(specifier, from)
    if (file === undefined) return specifier
    const path = relative(dirname(placeOf(from, homes)), write(file))
    return `${path.startsWith('.') ? '' : './'}${path.replace(/\.d\.ts$/, '.js')}`
  }

  /** Undefined of what stays an import. */
  function declarationOf(specifier, from) {
    if (specifier.startsWith('.')) {
      return join(dirname(from), specifier.replace(/\.(m?)[jt]s$/, '.d.$1ts'))
    }
    if (external.includes(specifier)) return undefined
    const home = homes.find(({ name }) => name === specifier)
    if (home === undefined) throw new Error(`${from} shows a type of ${specifier}`)
    return home.entry
  }

  const places = entries.map(({ file }) => {
    const declaration = join(own, file.replace(/^\.\/src\//, '').replace(/\.ts$/, '.d.ts'))
    assertNamed(declaration)
    return write(declaration)
  })
  writeFileSync(join(folder, 'types/package.json'), '{ "type": "commonjs" }\n')
  return places.map((place) => `types/${place}`)
}

/** `export *`, by which modules see an entry, leaves a default export out. */
function assertNamed(declaration) {
  const hasDefault = /^export default |\bas default\b/m.test(readFileSync(declaration, 'utf8'))
  if (hasDefault) throw new Error(`${declaration} has a default export: name it`)
}

const importPattern = /(\bfrom\s*["']|\bimport\(["']|^import\s*["'])([^"']+)(["'])/g

/** Where a declaration goes below `types/`. */
function placeOf(file, homes) {
  const { name, folder } = homes.find((home) => file.startsWith(`${home.folder}/`))
  return join(name.replace('@hatchery/', ''), relative(folder, file)).replace(/\.d\.mts$/, '.d.ts')
}
