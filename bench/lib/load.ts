/** Load on a server from a process of its own: `wrk` where the machine has it, else a client in Node. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { commandPath } from './commands.ts'
import { type RequestText } from './http-connection.ts'

export interface Load {
  readonly port: number
  readonly request: RequestText
  readonly connections: number
  readonly seconds: number
  /** Where a script for wrk may be written. */
  readonly folder: string
}

export interface LoadFigures {
  readonly rate: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const wrk = commandPath('wrk')
const run = promisify(execFile)

/** Rejects when an answer is no success: a rate of refusals says nothing. */
export async function load(wanted: Load): Promise<LoadFigures & Record<string, number>> {
  const [file = '', ...args] = wrk === undefined ? ownClient(wanted) : wrkCommand(wrk, wanted)
  const { stdout } = await run(file, args)
  const line = stdout.trim().split('\n').at(-1) ?? ''
  const figures = JSON.parse(line) as LoadFigures & { readonly failed: number }
  if (figures.failed > 0) {
    const { method, path } = wanted.request
    throw new Error(`${figures.failed} answers to ${method} ${path} were no success`)
  }
  return { rate: figures.rate, p50Ms: figures.p50Ms, p99Ms: figures.p99Ms }
}

const ownClient = ({ port, request, connections, seconds }: Load): string[] => [
  process.execPath,
  fileURLToPath(new URL('load-client.ts', import.meta.url)),
  JSON.stringify({ port, request, connections, seconds }),
]

function wrkCommand(file: string, { port, request, connections, seconds, folder }: Load): string[] {
  const script = join(folder, 'wrk.lua')
  writeFileSync(script, wrkScript(request))
  const flags = [
    '--timeout',
    '30s',
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--latency',
    '-s',
    script,
  ]
  return [file, ...flags, `http://127.0.0.1:${port}${request.path}`]
}

/** wrk counts in microseconds. What we send is ASCII, whose JSON strings are strings of Lua too. */
const wrkScript = ({ method, headers = {}, body }: RequestText): string =>
  [
    `wrk.method = ${JSON.stringify(method)}`,
    ...(body === undefined ? [] : [`wrk.body = ${JSON.stringify(body)}`]),
    ...Object.entries(headers).map(
      ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
    ),
    'function done(summary, latency)',
    '  local e = summary.errors',
    `  print(string.format('{"rate":%.1f,"p50Ms":%.4f,"p99Ms":%.4f,"failed":%d}', summary.requests / summary.duration * 1e6,`,
    '    latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.connect + e.read + e.write + e.status + e.timeout))',
    'end',
  ].join('\n')
