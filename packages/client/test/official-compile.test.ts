/**
 * Programs that were written for the official client compile against ours with another import and nothing else: a call
 * of each published operation, and the samples of the official client's own pages, taken from the installed package.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { operations } from '@hatchery/contract'
import { expect, test } from 'vitest'
import { aProgram, compile } from './compile.ts'
import { referenceSamples } from './samples-of-reference.ts'

const root = join(import.meta.dirname, '../../..')
const official = '@hathora/cloud-sdk-typescript'
const callFiles = ['known', 'building-calls', 'playing-calls', 'managing-calls', 'calls']

test('a call of each of the 134 operations', { timeout: 120_000 }, () => {
  const folder = aProgram()
  for (const name of callFiles) {
    const file = join(root, 'packages/server/test/official', `${name}.ts`)
    writeFileSync(join(folder, `${name}.ts`), withOurImport(readFileSync(file, 'utf8')))
  }
  const ids = Object.values(operations)
    .filter((operation) => !('ours' in operation))
    .map(({ id }) => id)
  expect(ids).toHaveLength(134)
  const all = ids.map((id) => `calls.${id}`).join(', ')
  writeFileSync(
    join(folder, 'all.ts'),
    `import { calls } from './calls.ts'\nexport const all = [${all}]\n`,
  )
  compile(folder)
})

test('the samples of the official pages', { timeout: 120_000 }, () => {
  const folder = aProgram()
  const samples = officialSamples()
  expect(samples.length).toBeGreaterThanOrEqual(11)
  samples.forEach((sample, index) => {
    writeFileSync(join(folder, `sample-${index}.ts`), withOurImport(sample))
  })
  compile(folder)
})

test('each sample of the reference', { timeout: 120_000 }, () => {
  const folder = aProgram()
  const called = Object.values(operations).filter(({ access }) => access !== 'signed')
  const samples = referenceSamples()
  const own = samples.filter(({ name }) => /^\w+V\d\.|^hatchery\./.test(name))
  expect(own).toHaveLength(called.length)
  for (const { name, code } of samples) writeFileSync(join(folder, `${name}.ts`), code)
  compile(folder)
})

/** The one that names no package shows how calls look in general. */
function officialSamples(): string[] {
  const { resolve } = createRequire(import.meta.url)
  const folder = dirname(resolve(`${official}/package.json`))
  return ['README.md', 'FUNCTIONS.md']
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .flatMap((page) => [...page.matchAll(/^```typescript\n(.*?)^```$/gms)])
    .map(([, text = '']) => text)
    .filter((text) => !text.includes('<sdk-package-name>'))
}

const withOurImport = (text: string): string => text.replaceAll(official, '@hatchery/client')
