/**
 * Programs that were written for the official client compile against ours with another import and nothing else: a call
 * of each published operation, and the samples of the official client's own README, taken from the installed package.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { operations } from '@hatchery/contract'

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

test('the samples of the official README', { timeout: 120_000 }, () => {
  const folder = aProgram()
  const samples = officialSamples()
  expect(samples.length).toBeGreaterThanOrEqual(9)
  samples.forEach((sample, index) => {
    writeFileSync(join(folder, `sample-${index}.ts`), withOurImport(sample))
  })
  compile(folder)
})

/** Standalone functions and servers by number are the official client's own. */
function officialSamples(): string[] {
  const resolve = createRequire(import.meta.url).resolve
  const readme = readFileSync(
    join(dirname(resolve(`${official}/package.json`)), 'README.md'),
    'utf8',
  )
  return [...readme.matchAll(/^```typescript\n(.*?)^```$/gms)]
    .map(([, text = '']) => text)
    .filter((text) => !/\/(?:core|funcs)\b|serverIdx/.test(text))
}

const withOurImport = (text: string): string =>
  text.replaceAll(official, '@hatchery/client').replaceAll(/(models\/\w+)\/index\.js/g, '$1')

function aProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-compile-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'node_modules'))
  const source = join(root, 'packages/client/src')
  const options = {
    ...{ target: 'esnext', lib: ['esnext', 'dom', 'dom.iterable'], strict: true, noEmit: true },
    ...{ module: 'esnext', moduleResolution: 'bundler', moduleDetection: 'force', types: ['node'] },
    ...{ allowImportingTsExtensions: true, skipLibCheck: true },
    typeRoots: [join(root, 'node_modules/@types')],
    paths: {
      '@hatchery/client': [join(source, 'index.ts')],
      '@hatchery/client/*': [join(source, '*.ts')],
    },
  }
  const config = { compilerOptions: options, include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  return folder
}

/** Throws with what the compiler says. */
function compile(folder: string): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  try {
    execFileSync(process.execPath, [compiler, '--project', folder], { encoding: 'utf8' })
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout, { cause: error })
  }
}
