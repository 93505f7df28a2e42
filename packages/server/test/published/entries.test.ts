/** What a package.json lets be imported becomes the entries that are built. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { output, repository } from './packed.ts'

test('a pattern is as many entries as files fit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-entries-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'src/models/more'), { recursive: true })
  const files = ['index.ts', 'models/errors.ts', 'models/more/rooms.ts', 'models/notes.md']
  for (const file of files) writeFileSync(join(folder, 'src', file), '')
  const exports = { '.': './src/index.ts', './models/*': './src/models/*.ts' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ exports }))

  const entries = join(repository, 'scripts/build/entries.mjs')
  const script = `import { entriesOf } from ${JSON.stringify(entries)}
    console.log(JSON.stringify(entriesOf(${JSON.stringify(folder)})))`
  const printed = await output(process.execPath, ['--input-type=module', '--eval', script])
  expect(JSON.parse(printed)).toEqual([
    { subpath: '.', file: './src/index.ts' },
    { subpath: './models/errors', file: './src/models/errors.ts' },
    { subpath: './models/more/rooms', file: './src/models/more/rooms.ts' },
  ])
})
