/** Promises that every command keeps on a server that runs: one clean value, no other connection, a way out. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { eventually } from '../../server/test/support/eventually.ts'
import { type Command, type Completable, nameOf } from '../src/command.ts'
import { table } from '../src/table.ts'
import { commandOfLine } from './support/command-of-line.ts'
import { type Online, onlineWithApp } from './support/online.ts'
import { type Ended, run } from './support/program.ts'

/** Left out: it looks at the machine with ports of its own; it follows until Ctrl-C. */
const others = new Set(['hatchery doctor', 'hatchery events'])

const commands = table.filter(
  (command): command is Command => command.kind === 'command' && !others.has(nameOf(command)),
)

/** What only reads comes first, so that it finds what the others change and delete. */
const reading = /^(list|get|latest|diff|shapes|ps|inspect|status|usage|whoami|logs)$/
const isReading = ({ path }: Command): boolean => reading.test(path.at(-1) ?? '')

type Words = Partial<Record<Completable, string>>

/** Ids of one of each thing that can be had without asking anybody else. */
async function oneOfEach({ hatchery: { client }, appId }: Online & { appId: string }) {
  const [deployment] = (await client.deploymentsV3.getDeployments(appId)).deployments
  if (deployment === undefined) throw new Error('the application has no deployment')
  const { processId } = await client.processesV3.createProcess('Seattle', appId)
  await eventually(`${processId} runs`, async () => {
    const { status } = await client.processesV3.getProcess(processId, appId)
    return status === 'running'
  })
  const { roomId } = await client.roomsV2.createRoom({ region: 'Seattle' }, appId)
  const { deploymentId, buildId } = deployment
  return {
    app: 'arena',
    build: buildId,
    deployment: deploymentId,
    process: processId,
    room: roomId,
  }
}

const wordsOf = ({ arguments: specs = [] }: Command, known: Words): string[] =>
  specs.flatMap(({ required, complete }) => {
    const word = complete === undefined ? undefined : known[complete]
    return word === undefined && required === undefined ? [] : [word ?? 'xxxx']
  })

interface Called extends Ended {
  readonly name: string
  readonly connections: readonly string[]
}

/** With stdin closed and every connection written down. */
async function call({ cwd, env }: Online, command: Command, known: Words): Promise<Called> {
  const name = nameOf(command)
  const file = join(cwd, `${command.path.join('-')}.connections`)
  const recorder = pathToFileURL(join(import.meta.dirname, 'support/record-connections.mjs')).href
  const json = command.output === 'text' ? [] : ['--json']
  const ended = await run({ cwd }, [...command.path, ...wordsOf(command, known), ...json], {
    ...env,
    ...{ NODE_OPTIONS: `--import=${recorder}`, CONNECTIONS_FILE: file },
  })
  const connections = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  return { ...ended, name, connections }
}

/** At most four programs at once, as many as a small machine bears. */
async function callAll(place: Online, which: readonly Command[], known: Words): Promise<Called[]> {
  const called: Called[] = []
  for (let from = 0; from < which.length; from += 4) {
    const some = which.slice(from, from + 4)
    called.push(...(await Promise.all(some.map((command) => call(place, command, known)))))
  }
  return called
}

/** Why it breaks the promise; undefined where it keeps it. */
function brokenBy({ code, stdout, stderr }: Called, output: Command['output']): string | undefined {
  if (code !== 0) return stdout === '' ? brokenError(stderr, output) : `wrote and failed: ${stdout}`
  if (output === 'text') return undefined
  const values = output === 'stream' ? stdout.split('\n').filter((line) => line !== '') : [stdout]
  return values.every(isJson) ? undefined : `is not JSON: ${stdout}`
}

function brokenError(stderr: string, output: Command['output']): string | undefined {
  const last = stderr.trim().split('\n').at(-1) ?? ''
  if (output === 'text') return stderr.includes('error: ') ? undefined : `no error: ${stderr}`
  if (!isJson(last)) return `the error is not JSON: ${stderr}`
  const { error } = JSON.parse(last) as { error?: { message?: string; try?: string } }
  if (error?.message === undefined || error.message.includes('\n    at ')) return `says ${last}`
  return error.try === undefined ? undefined : unlessTypeable(error.try)
}

/** A way out that begins with something else than `hatchery` is no command of ours. */
function unlessTypeable(line: string): string | undefined {
  try {
    if (line.startsWith('hatchery ')) commandOfLine(line)
    return undefined
  } catch (error) {
    return `try: ${line}: ${String(error)}`
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test(
  'with --json every command gives one value or one error, and connects to its server only',
  { timeout: 480_000 },
  async () => {
    const place = await onlineWithApp()
    const known = await oneOfEach(place)
    const read = await callAll(place, commands.filter(isReading), known)
    const changed = await callAll(
      place,
      commands.filter((command) => !isReading(command)),
      known,
    )
    const called = [...read, ...changed]
    expect(called).toHaveLength(commands.length)

    const outputs = new Map(commands.map((command) => [nameOf(command), command.output]))
    const broken = called.flatMap((one) => {
      const why = brokenBy(one, outputs.get(one.name) ?? 'value')
      return why === undefined ? [] : [`${one.name} ${why}`]
    })
    expect(broken).toEqual([])

    const { host } = new URL(place.hatchery.url)
    const elsewhere = called.flatMap(({ name, connections }) =>
      connections.filter((where) => where !== host).map((where) => `${name}: ${where}`),
    )
    expect(elsewhere).toEqual([])
    // The recorder sees what there is to see.
    expect(called.find(({ name }) => name === 'hatchery ps')?.connections).not.toEqual([])

    // Of a fleet of this name and a lobby there is none here.
    const failed = read.filter(({ code }) => code !== 0).map(({ name }) => name)
    expect(failed.toSorted()).toEqual(['hatchery fleet get', 'hatchery lobby get'])
  },
)
