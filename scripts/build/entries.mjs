/** What may be imported of a package, as its package.json in the repository says. */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { root } from '../node24.mjs'

/** Subpaths and their source files; `./models/*` is as many as files fit, or a pattern where all lead to one file. */
export function entriesOf(source) {
  const { exports } = JSON.parse(readFileSync(resolve(root, source, 'package.json'), 'utf8'))
  return Object.entries(exports ?? {}).flatMap(([subpath, file]) =>
    file.includes('*') ? expanded({ source, subpath, file }) : [{ subpath, file }],
  )
}

function expanded({ source, subpath, file }) {
  const [before, after] = file.split('*')
  const folder = dirname(`${before}x`)
  return readdirSync(resolve(root, source, folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.startsWith(before) && path.endsWith(after))
    .map((path) => path.slice(before.length, path.length - after.length))
    .toSorted()
    .map((name) => ({ subpath: subpath.replace('*', name), file: `${before}${name}${after}` }))
}
