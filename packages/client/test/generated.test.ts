/** The generated files against the contract. */
import { readFileSync, readdirSync } from 'node:fs'
import { operations } from '@hatchery/contract'
import { expect, test } from 'vitest'
import { clientFiles } from '../scripts/client-files.ts'
import { referencePages } from '../scripts/reference/pages.ts'
import { Hatchery } from '../src/index.ts'

const folder = new URL('../src/generated/', import.meta.url)

test('the generated files are what the contract says; else run scripts/generate.ts', async () => {
  const made = await clientFiles()
  const kept = readdirSync(folder).map((name) => [
    name,
    readFileSync(new URL(name, folder), 'utf8'),
  ])
  expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(made))
})

test('the reference is what the contract says; else run scripts/generate.ts', async () => {
  const docs = new URL('../../../docs/sdk/', import.meta.url)
  for (const [name, text] of await referencePages())
    expect(readFileSync(new URL(name, docs), 'utf8'), name).toBe(text)
})

test('the client has a method for every operation that is not called by a signed URL', () => {
  const groups = Object.values(new Hatchery({ serverURL: 'http://127.0.0.1' })) as object[]
  const methods = groups.flatMap((group) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(group)).filter(
      (name) => name !== 'constructor',
    ),
  )
  const called = Object.values(operations).filter(({ access }) => access !== 'signed')
  const names = called.map(({ id }) => `${id.slice(0, 1).toLowerCase()}${id.slice(1)}`)
  expect(methods.toSorted()).toEqual(names.toSorted())
})
