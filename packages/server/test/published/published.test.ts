/** What is published installs and runs on a machine that has Node and nothing of this repository. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startHatchery } from '@hatchery/testkit'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ownPorts } from '../real/playground.ts'
import { runGame, sampleGame } from './run-game.ts'
import { type Packed, installed, olderNode, output, packAll, repository, run } from './packed.ts'
import { startProgram } from './running.ts'

let packed: Packed
let everything: string

beforeAll(async () => {
  packed = await packAll()
  everything = await installed(packed, ['contract', 'client', 'server', 'testkit'])
}, 120_000)

afterAll(() => rmSync(packed.folder, { recursive: true, force: true }))

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
}

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

const tarballs = () => [...packed.tarballs.values()]

describe('the packages', { timeout: 120_000 }, () => {
  test('hold what they need and nothing else', async () => {
    const expected: Readonly<Record<string, RegExp>> = {
      client: /^(esm\/[\w/-]+\.(mjs|d\.mts)|cjs\/[\w/-]+\.cjs|types\/[\w/-]+\.d\.ts)$/,
      contract: /^(index\.(mjs|cjs|d\.mts)|types\/[\w/-]+\.d\.ts)$/,
      server: /^(index\.(mjs|cjs|d\.mts)|launcher\/main\.mjs|types\/[\w/-]+\.d\.ts)$/,
      testkit: /^(index\.(mjs|cjs|d\.mts)|types\/[\w/-]+\.d\.ts)$/,
      hatchery: /^(bin\/[\w-]+\.mjs|dist\/[\w/-]+\.mjs|sample-game\/\w+(\.mjs)?)$/,
    }
    const always =
      /^(package\.json|README\.md|LICENSE|THIRD-PARTY-LICENSES\.txt|types\/package\.json)$/
    for (const [name, tarball] of packed.tarballs) {
      const list = (await output('tar', ['-tzf', tarball])).trim().split('\n')
      const files = list.map((path) => path.replace(/^package\//, ''))
      const others = files.filter((path) => !always.test(path) && !expected[name]?.test(path))
      expect({ name, others }).toEqual({ name, others: [] })
      expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']))
    }
    expect([...packed.tarballs.keys()].toSorted()).toEqual(Object.keys(expected).toSorted())
  })

  test('have the version of the repository, and need nothing but each other', () => {
    const { version } = manifestIn(repository)
    for (const name of packed.tarballs.keys()) {
      const manifest = manifestIn(join(packed.folder, 'built', name))
      expect(manifest.version).toBe(version)
      const ours = name === 'testkit' ? ['@hatchery/client', '@hatchery/server'] : []
      const dependencies = Object.fromEntries(ours.map((one) => [one, version]))
      expect({ name, dependencies: manifest.dependencies ?? {} }).toEqual({ name, dependencies })
    }
  })

  test('are right in the eyes of every way to resolve types', async () => {
    const attw = join(repository, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    for (const tarball of tarballs().filter((path) => !/\/hatchery-\d/.test(path))) {
      const { code, stdout } = await run(process.execPath, [attw, '--no-emoji', tarball])
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('No problems') })
    }
  })
})

/** The sample that is compiled in each kind of project: right but for its last line. */
const program = `
import { ApiError, Hatchery, type ProcessV3 } from '@hatchery/client'
import { HathoraCloudCore } from '@hatchery/client/core.js'
import { processesV3GetProcess } from '@hatchery/client/funcs/processesV3GetProcess.js'
import { Region } from '@hatchery/client/models/components/index.js'
import { type ErrorCode, ProcessV3 as schema, openApiDocument, operations } from '@hatchery/contract'
import { type Config, readConfig, startServer } from '@hatchery/server'
import { type TestHatchery, startHatchery } from '@hatchery/testkit'
export const hatchery = new Hatchery({ serverURL: 'http://127.0.0.1:4282' })
export const game: Promise<ProcessV3> = hatchery.processesV3.getProcess('some')
export const started: Promise<TestHatchery> = startHatchery({ deployment: { roomsPerProcess: 2 } })
export const port: Promise<number> = started.then(async ({ client }) => (await client.processesV3.getProcess('some')).roomsAllocated)
export const id: 'CreateProcess' = operations.CreateProcess.id
export const config = (given: Config): number => given.port
export const code: ErrorCode = 'not-found'
export const value: Promise<ProcessV3 | undefined> = processesV3GetProcess(new HathoraCloudCore(), 'some').then(({ value }) => value)
export const others = [Region.Seattle, ApiError, schema, openApiDocument, readConfig, startServer]
export const wrong: string = config(readConfig({ argv: [], env: {}, cwd: '/', isRoot: false }))
`

describe('a project in TypeScript', { timeout: 120_000 }, () => {
  const bundler = ['--module', 'esnext', '--moduleResolution', 'bundler', '--skipLibCheck']
  const kinds = [
    // Here every declaration is looked at, which takes seconds.
    { name: 'node16', options: ['--module', 'node16', '--skipLibCheck', 'false'] },
    { name: 'bundler', options: bundler },
  ]

  test.each(kinds)('sees all types with $name, as module and as CommonJS', async ({ options }) => {
    const folder = projectWithTypes()
    writeFileSync(join(folder, 'module.mts'), program)
    writeFileSync(join(folder, 'common.cts'), program)
    const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes']
    const lib = ['--target', 'es2024', '--lib', 'es2024,esnext.disposable', '--types', 'node']
    const tsc = join(repository, 'node_modules/typescript/bin/tsc')
    const files = ['module.mts', 'common.cts']
    const { stdout } = await run(process.execPath, [tsc, ...strict, ...lib, ...options, ...files], {
      cwd: folder,
    })
    const line = program.split('\n').findIndex((text) => text.includes('wrong')) + 1
    const problem = "error TS2322: Type 'number' is not assignable to type 'string'."
    expect(stdout.trim().split('\n').toSorted()).toEqual([
      `common.cts(${line},14): ${problem}`,
      `module.mts(${line},14): ${problem}`,
    ])
  })

  /** With the types of Node, which every project brings itself. */
  function projectWithTypes(): string {
    const folder = join(everything, 'with-types')
    mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
    for (const name of ['@types/node', 'undici-types']) {
      const link = join(folder, 'node_modules', name)
      rmSync(link, { force: true })
      symlinkSync(join(repository, 'node_modules', name), link)
    }
    return folder
  }
})

describe('the client and the contract', { timeout: 120_000 }, () => {
  const call = `
    const hatchery = new Hatchery({ serverURL: process.argv[2], hathoraDevToken: process.argv[3] })
    const appId = process.argv[4]
    const { processId } = await hatchery.processesV3.createProcess('Seattle', appId)
    const game = await new Hatchery({ serverURL: process.argv[2], hathoraDevToken: process.argv[3], appId }).waitUntilRunning(processId)
    const core = new HathoraCloudCore({ serverURL: process.argv[2], hathoraDevToken: process.argv[3], appId })
    const again = await processesV3GetProcess(core, processId)
    const refused = await hatchery.appsV2.getApp('nobody').catch((error) => error)
    console.log(game.status, again.value?.status, refused instanceof ApiError && refused.code, operations.CreateProcess.method)
  `
  const asModule = `
    import { ApiError, Hatchery } from '@hatchery/client'
    import { HathoraCloudCore } from '@hatchery/client/core.js'
    import { processesV3GetProcess } from '@hatchery/client/funcs/processesV3GetProcess.js'
    import { operations } from '@hatchery/contract'
    ${call}`
  const asCommonJs = `
    const { ApiError, Hatchery } = require('@hatchery/client')
    const { HathoraCloudCore } = require('@hatchery/client/core.js')
    const { processesV3GetProcess } = require('@hatchery/client/funcs/processesV3GetProcess.js')
    const { operations } = require('@hatchery/contract')
    void (async () => {${call}})()`
  const twice = Array(2).fill('running running not-found post\n')

  async function says(node: string): Promise<string[]> {
    await using hatchery = await startHatchery()
    const { url, token, appId } = hatchery
    const project = await installed(packed, ['client', 'contract'])
    writeFileSync(join(project, 'module.mjs'), asModule)
    writeFileSync(join(project, 'common.cjs'), asCommonJs)
    const files = ['module.mjs', 'common.cjs']
    return await Promise.all(
      files.map((file) => output(node, [file, url, token, appId], { cwd: project })),
    )
  }

  test('runs as a module and as CommonJS', async () => {
    expect(await says(process.execPath)).toEqual(twice)
  })

  test('runs on an older Node', async ({ skip }) => {
    const node = await olderNode()
    if (node === undefined) return skip('no Node 20 to 23 is on the PATH')
    expect(await says(node)).toEqual(twice)
  })
})

describe('the server and the test kit', { timeout: 120_000 }, () => {
  test('can be required by CommonJS', async () => {
    const script = `
      const { startHatchery } = require('@hatchery/testkit')
      const { Hatchery } = require('@hatchery/client')
      void startHatchery().then(async (hatchery) => {
        const { url, token } = hatchery
        const { applications } = await new Hatchery({ serverURL: url, hathoraDevToken: token }).appsV2.getApps()
        console.log(applications.length, typeof require('@hatchery/server').startServer)
        await hatchery.close()
      })`
    expect(await output(process.execPath, ['-e', script], { cwd: everything })).toBe('1 function\n')
  })

  test('start real games', async () => {
    const script = `
      import { readConfig, silentLog, startServer } from '@hatchery/server'
      const config = readConfig({ argv: process.argv.slice(2), env: {}, cwd: process.cwd(), isRoot: false })
      const { address, tokenFile } = await startServer({ config, version: '1.0.0', log: silentLog })
      console.log('at', address, tokenFile)
      process.once('SIGINT', () => process.exit())`
    writeFileSync(join(everything, 'server.mjs'), script)
    const flags = ['--data=./real', '--port=0', ...ownPorts()]
    const server = startProgram(process.execPath, ['server.mjs', ...flags], everything)
    onTestFinished(server.end)
    const [, serverURL = '', tokenFile = ''] = await server.until(/at (\S+) (\S+)\n/)
    const hathoraDevToken = readFileSync(tokenFile, 'utf8').trim()
    const { game, stop } = await runGame({ serverURL, hathoraDevToken }, sampleGame())
    expect(game.status).toBe('running')
    expect(await stop()).toBe('stopped')
  })

  test('run the tests of the example', async () => {
    const project = join(packed.folder, 'example')
    cpSync(join(repository, 'examples/matchmaker-test'), project, { recursive: true })
    await installed(packed, ['client', 'server', 'testkit'], project)
    const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      scripts: { test: string }
    }
    expect(scripts.test).toBe('node --test')
    const { code, stdout } = await run(process.execPath, ['--test', '--test-reporter=tap'], {
      cwd: project,
    })
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/# pass [4-9]/) })
  })
})

describe('the command line', { timeout: 120_000 }, () => {
  test('goes from nothing to a running game', async () => {
    const project = await installed(packed, ['hatchery'])
    const bin = join(project, 'node_modules/.bin/hatchery')
    const { version } = manifestIn(repository)
    expect(await output(bin, ['--version'])).toBe(`${version}\n`)
    onTestFinished(() => output(bin, ['down', '--games'], { cwd: project }).then(() => {}))

    const up = startProgram(
      'npx',
      ['--offline', 'hatchery', 'up', '--port=0', ...ownPorts()],
      project,
    )
    onTestFinished(up.end)
    await up.until(/Game {6}127\.0\.0\.1:\d+ udp {3}running/)
    const game = join(project, 'node_modules/hatchery/sample-game')
    const ran = startProgram(bin, ['run', game, '--port', '7777/udp'], project)
    onTestFinished(ran.end)
    await ran.until(/udp {2}connectable after/)
    await ran.end()
    await up.end()
  })
})
