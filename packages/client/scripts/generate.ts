/**
 * Writes `src/generated/` and the reference in `docs/sdk/` from the contract. Run it after a change of the contract:
 * `node packages/client/scripts/generate.ts`.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { clientFiles } from './client-files.ts'
import { referencePages } from './reference/pages.ts'

const folder = new URL('../src/generated/', import.meta.url)
const files = await clientFiles()
for (const name of readdirSync(folder)) {
  if (!files.has(name)) rmSync(new URL(name, folder))
}
for (const [name, text] of files) writeFileSync(new URL(name, folder), text)

const pages = await referencePages()
const docs = new URL('../../../docs/sdk/', import.meta.url)
for (const [name, text] of pages) writeFileSync(new URL(name, docs), text)
console.log(`wrote ${files.size} files and ${pages.size} pages`)
