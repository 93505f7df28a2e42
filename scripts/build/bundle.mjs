/** Bundles by esbuild. Each function writes files and answers the folders of the libraries that went into them. */
import { join } from 'node:path'
import { root } from '../node24.mjs'
import { entriesOf } from './entries.mjs'

/** Libraries in CommonJS call `require` for parts of Node; a module has none. */
const requireForCommonJs =
  "import { createRequire as createRequire_ } from 'node:module'\nconst require = createRequire_(import.meta.url)"

const extensions = { esm: '.mjs', cjs: '.cjs' }

/** One file for each format, `index` by name. */
export async function writeBundle({ entry, folder, name = 'index', formats, ...options }) {
  const inputs = await Promise.all(
    formats.map((format) =>
      run({
        ...options,
        format,
        entryPoints: [join(root, entry)],
        outfile: join(folder, `${name}${extensions[format]}`),
        ...bannerFor(options.target, format),
      }),
    ),
  )
  return librariesIn(inputs.flat())
}

/** One file for each part that is loaded by itself, and what they share, all in one folder. */
export async function writeParts({ entry, folder, target }) {
  const inputs = await run({
    target,
    format: 'esm',
    entryPoints: [join(root, entry)],
    outdir: folder,
    splitting: true,
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    ...bannerFor(target, 'esm'),
  })
  return librariesIn(inputs)
}

/** A file for each source file that the package's entries reach, in `esm/` and `cjs/`. */
export async function writeModules({ source, folder, target }) {
  const entryPoints = entriesOf(source).map(({ file }) => join(root, source, file))
  const reached = await run({ target, format: 'esm', entryPoints, outdir: folder, write: false })
  const libraries = librariesIn(reached)
  if (libraries.length > 0) throw new Error(`${source} imports ${libraries.join(', ')}`)
  const files = reached.map((path) => join(root, path))
  await Promise.all(
    Object.entries(extensions).map(([format, extension]) =>
      run({
        ...{ target, format, entryPoints: files, outbase: join(root, source, 'src') },
        outdir: join(folder, format),
        outExtension: { '.js': extension },
        plugins: [leavingImports(extension)],
      }),
    ),
  )
  return []
}

/** Imports stay imports, of the written files in place of the sources. */
const leavingImports = (extension) => ({
  name: 'leaving imports',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) =>
      kind === 'entry-point'
        ? undefined
        : { path: path.replace(/\.ts$/, extension), external: true },
    )
  },
})

/** Only what is for Node may import from it. */
const bannerFor = (target, format) =>
  target === 'node24' && format === 'esm' ? { banner: { js: requireForCommonJs } } : {}

/** The paths of all files that went in, below the repository. A warning fails the build. */
async function run(options) {
  const { build } = await import('esbuild')
  const { warnings, metafile } = await build({
    ...{ bundle: true, platform: 'node', legalComments: 'inline', logLevel: 'warning' },
    ...{ absWorkingDir: root, metafile: true, ...options },
  })
  if (warnings.length > 0) process.exitCode = 1
  return Object.keys(metafile.inputs)
}

function librariesIn(inputs) {
  const folders = inputs.flatMap((path) => {
    const [folder] = /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path) ?? []
    return folder === undefined ? [] : [folder]
  })
  return [...new Set(folders)].toSorted((a, b) => (a < b ? -1 : 1))
}
