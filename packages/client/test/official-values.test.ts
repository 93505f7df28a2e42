/** Values and classes of errors at the places of the official client. */
import * as theirs from '@hathora/cloud-sdk-typescript/models/components/index.js'
import * as theirErrors from '@hathora/cloud-sdk-typescript/models/errors/index.js'
import { expect, test } from 'vitest'
import * as ours from '../src/models/components.ts'
import * as ourErrors from '../src/models/errors.ts'

const isValues = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((one) => typeof one === 'string')

const named: Readonly<Record<string, unknown>> = ours

test('each set of values has the names of the official client', () => {
  const sets = Object.entries(theirs).filter(
    ([name, value]) => !name.includes('$') && isValues(value),
  )
  expect(sets.length).toBeGreaterThan(20)
  for (const [name, values] of sets) expect(named[name], name).toMatchObject(values)
})

test('each class of errors has the name of the official client', () => {
  const classes = Object.keys(theirErrors).filter((name) => /^[A-Z]\w+Error$/.test(name))
  expect(classes.length).toBeGreaterThan(8)
  expect(Object.keys(ourErrors)).toEqual(expect.arrayContaining(classes))
})
