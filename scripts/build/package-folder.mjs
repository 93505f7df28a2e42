/** What stands around the code of a published package: package.json, types, README, licences. */
import {
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from '../node24.mjs'
import { writeTypes } from './declarations.mjs'
import { entriesOf } from './entries.mjs'

/** The files of an entry's code, below the package's folder. */
const layouts = {
  bundle: () => ({ esm: 'index.mjs', cjs: 'index.cjs' }),
  modules: ({ file }) => {
    const path = file.replace(/^\.\/src\//, '').replace(/\.ts$/, '')
    return { esm: `esm/${path}.mjs`, cjs: `cjs/${path}.cjs` }
  },
}

/**
 * Completes the folder of a package. `libraries` are the folders of what was bundled, `external` the packages of ours
 * that are its dependencies. Answers its name and size.
 */
export function writePackage({ source, folder, libraries, external = [], ...options }) {
  const given = readJson(join(root, source, 'package.json'))
  const faces = writeFaces({ source, folder, external, ...options })
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
  copyFileSync(join(root, source, 'README.md'), join(folder, 'README.md'))
  writeNotices(libraries, folder)
  const files = readdirSync(folder).filter((name) => !alwaysPacked.includes(name))
  const manifest = { ...manifestOf(given, external), ...faces, files }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return { name: given.name, kilobytes: Math.round(bytesIn(folder) / 1024) }
}

const alwaysPacked = ['package.json', 'README.md', 'LICENSE']

/** What says nothing else is for the Node that the repository brings along. */
const usualEngines = { node: '>=24' }

/** The version of all packages stands in the package.json of the repository. */
function manifestOf(
  { name, description, license, type, engines = usualEngines, ...given },
  external,
) {
  const { version } = readJson(join(root, 'package.json'))
  const { sideEffects, bin } = given
  const dependencies = Object.fromEntries(external.map((dependency) => [dependency, version]))
  return {
    ...{ name, version, description, license, type, engines, sideEffects, bin },
    ...(external.length > 0 && { dependencies }),
    publishConfig: { access: 'public' },
  }
}

/**
 * Writes what each module system sees of the entries, and answers the fields of package.json that lead there. Node 24
 * can `require` a module, so what is for nothing older has its code once.
 */
function writeFaces({ source, folder, declarations, external, layout = 'bundle' }) {
  const entries = entriesOf(source)
  if (entries.length === 0) return {}
  const types = writeTypes({ entries, source, folder, declarations, external })
  const exports = entries.map((entry, index) => {
    const { esm, cjs } = layouts[layout](entry)
    const face = esm.replace(/\.mjs$/, '.d.mts')
    writeFileSync(join(folder, face), `export * from '${importOf(types[index], face)}'\n`)
    if (!existsSync(join(folder, cjs))) {
      writeFileSync(join(folder, cjs), `module.exports = require('${importOf(esm, cjs)}')\n`)
    }
    return [
      entry.subpath,
      {
        import: { types: `./${face}`, default: `./${esm}` },
        require: { types: `./${types[index]}`, default: `./${cjs}` },
      },
    ]
  })
  const [[, main], ...others] = exports
  return {
    main: main.require.default,
    types: main.require.types,
    ...(others.length > 0 && { typesVersions: { '*': Object.fromEntries(others.map(olderType)) } }),
    exports: Object.fromEntries([...exports, ['./package.json', './package.json']]),
  }
}

/** For resolution that does not know `exports`. */
const olderType = ([subpath, { require }]) => [subpath.slice(2), [require.types.slice(2)]]

function importOf(file, from) {
  const path = relative(dirname(from), file.replace(/\.d\.ts$/, '.js'))
  return path.startsWith('.') ? path : `./${path}`
}

/** What the licences of bundled libraries ask for: their text goes where their code goes. */
function writeNotices(libraries, folder) {
  if (libraries.length === 0) return
  const notices = libraries.map((library) => {
    const { name, version, license } = readJson(join(root, library, 'package.json'))
    const file = readdirSync(join(root, library)).find((one) => /^licen[cs]e/i.test(one))
    const text = file === undefined ? '' : readFileSync(join(root, library, file), 'utf8').trim()
    return `${name} ${version} (${license})\n\n${text}\n`
  })
  const line = `\n${'-'.repeat(80)}\n\n`
  writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), notices.join(line))
}

function bytesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => statSync(join(folder, name)))
    .filter((entry) => entry.isFile())
    .reduce((sum, { size }) => sum + size, 0)
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))
