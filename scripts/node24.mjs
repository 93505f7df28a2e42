/** The Node that the repository brings along, and running programs with it. Plain JavaScript for the machine's own Node. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

export const node24 = join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/** Programs that ask for `node` get ours. */
export const env = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
}

/**
 * Ends this program with the npm that runs it. npm passes signals only to the shell between it and us, which dies of
 * them without a word to us: all that is seen is another parent.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}

/** The script behind a package's command: `binOf('typescript', 'tsc')`. */
export function binOf(name, command = name) {
  const folder = join(root, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/** Runs Node 24 on this terminal; resolves with the exit code, 1 when a signal ended it. */
export function run(args, extraEnv = {}) {
  const child = start(args, { stdio: 'inherit', env: { ...env, ...extraEnv } })
  return ended(child)
}

/** Runs Node 24 unseen; resolves with the exit code and all it printed. */
export async function capture(args) {
  const child = start(args, { stdio: ['ignore', 'pipe', 'pipe'], env })
  const chunks = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => chunks.push(chunk))
  const code = await ended(child)
  return { code, output: Buffer.concat(chunks).toString() }
}

function start(args, options) {
  const child = spawn(node24, args, { cwd: root, ...options })
  const stop = (signal) => child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop)
  child.once('close', () => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop)
  })
  return child
}

const ended = (child) =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
