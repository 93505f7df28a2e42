/** Standalone functions: those of the official client, called as there, with errors answered in place of thrown. */
import { readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HathoraCloudCore as TheirCore } from '@hathora/cloud-sdk-typescript/core.js'
import { processesV3GetProcess as theirGetProcess } from '@hathora/cloud-sdk-typescript/funcs/processesV3GetProcess.js'
import { describe, expect, test } from 'vitest'
import { HathoraCloudCore } from '../src/core.ts'
import * as funcs from '../src/generated/funcs.ts'
import { ApiError, InvalidRequestError } from '../src/index.ts'
import { unwrapAsync } from '../src/types.ts'
import { aProgram, compile } from './compile.ts'
import { json, startRecorder } from './recorder.ts'
import { processRecord } from './samples.ts'

const official = '@hathora/cloud-sdk-typescript'
const officialFolder = dirname(fileURLToPath(import.meta.resolve(`${official}/package.json`)))
const officialNames = readdirSync(join(officialFolder, 'src/funcs')).map((file) =>
  file.replace(/\.ts$/, ''),
)

test('there is one for each of the official client', () => {
  expect(officialNames).toHaveLength(134)
  expect(Object.keys(funcs)).toEqual(expect.arrayContaining(officialNames))
})

test(
  'each has the arguments and answers of the official one, by type',
  { timeout: 120_000 },
  () => {
    const folder = aProgram()
    officialNames.forEach((name) => writeFileSync(join(folder, `${name}.ts`), both(name)))
    compile(folder)
    console.log(`standalone functions: ${officialNames.length} of ${officialNames.length} compile`)
  },
)

/** Version 2.26 of the official client has one more in front of the options: what 2.25 has is the same up to there. */
const longerInNewer: Readonly<Record<string, string>> = {
  deploymentsV3GetDeployments: '[appId?: string, deploymentTag?: string, buildTag?: string]',
}

/** Sets of strings are open in both, each in a way of its own: they are compared as strings. */
const both = (name: string): string => `
import type { ${name} as ours } from '@hatchery/client/funcs/${name}.js'
import type { ${name} as theirs } from '${official}/funcs/${name}.js'
type Args<F> = F extends (client: never, ...args: infer A) => unknown ? A : never
type Value<F> = F extends (...args: never[]) => PromiseLike<infer R>
  ? R extends { ok: true; value: infer V } ? V : never
  : never
type Plain<T> = T extends string ? string
  : T extends Date | ReadableStream ? T
  : T extends object ? { [K in keyof T]: Plain<T[K]> }
  : T
export const args = (given: ${longerInNewer[name] ?? 'Args<typeof theirs>'}): Args<typeof ours> => given
export const value = (got: Plain<Value<typeof ours>>): Plain<Value<typeof theirs>> => got
`

describe('a function', () => {
  const { processesV3GetProcess, processesV3CreateProcess } = funcs
  const options = { appId: 'app-1', hathoraDevToken: 'secret' }

  test('asks and answers as the official one', async () => {
    await using server = await startRecorder(json(200, processRecord))
    const all = { ...options, serverURL: server.url }
    const our = await processesV3GetProcess(new HathoraCloudCore(all), 'p-1')
    const their = await theirGetProcess(new TheirCore(all), 'p-1')
    expect(our).toEqual(their)
    const [ours, theirs] = server.requests
    expect(ours?.url).toBe(theirs?.url)
    expect(ours?.headers.authorization).toBe(theirs?.headers.authorization)
  })

  test('answers what it failed with', async () => {
    await using server = await startRecorder(json(404, { message: 'no such process' }))
    const core = new HathoraCloudCore({ ...options, serverURL: server.url })
    const result = await processesV3GetProcess(core, 'p-1')
    expect(result).toMatchObject({ ok: false, error: { statusCode: 404 } })
    expect(result.error).toBeInstanceOf(ApiError)
    await expect(unwrapAsync(processesV3GetProcess(core, 'p-1'))).rejects.toThrow(ApiError)
  })

  test('answers that nothing was sent, too', async () => {
    const core = new HathoraCloudCore({ serverURL: 'http://127.0.0.1:9' })
    const { ok, error } = await processesV3CreateProcess(core, 'Tokyo')
    expect(ok).toBe(false)
    expect(error).toBeInstanceOf(InvalidRequestError)
  })
})

test('servers by number are those of the official client: 1 is where the page is from', async () => {
  const core = new HathoraCloudCore({ serverIdx: 1, appId: 'app-1' })
  const { error } = await funcs.processesV3GetProcess(core, 'p-1')
  expect(error?.message).toContain('serverURL is not a URL') // there is no page here
})
