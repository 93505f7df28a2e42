/** Writes `src/generated/` from the contract. Run it after a change of the contract: `node packages/client/scripts/generate.ts`. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { clientFiles } from './client-files.ts'

const folder = new URL('../src/generated/', import.meta.url)
const files = await clientFiles()
for (const name of readdirSync(folder)) {
  if (!files.has(name)) rmSync(new URL(name, folder))
}
for (const [name, text] of files) writeFileSync(new URL(name, folder), text)
console.log(`wrote ${files.size} files`)
