/** Installs the packages of package-lock.json where they are missing or older. Plain JavaScript for the machine's own Node. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { node24, root } from './node24.mjs'

/** Ends the program with one line and a way out when the packages cannot be installed. */
export function ensureInstalled() {
  if (isInstalled()) return
  console.error(
    'Installing packages with npm ci, once after a clone or an update; takes up to a minute …',
  )
  const { status, error, stderr } = npmCi()
  if (status === 0 && existsSync(node24)) return
  const cause = status === 0 ? 'npm skipped the install script of node' : causeIn(stderr ?? '')
  console.error(`error: packages could not be installed: ${error?.message ?? cause}`)
  console.error('try:   npm ci')
  process.exit(1)
}

/** Whether npm's record of what it installed has every package of the lock file in its version. */
function isInstalled() {
  if (!existsSync(node24)) return false
  const wanted = packagesOf('package-lock.json')
  const installed = packagesOf(join('node_modules', '.package-lock.json'))
  return Object.entries(wanted).every(
    ([path, entry]) => !isRequired(path, entry) || installed[path]?.version === entry.version,
  )
}

/** Optional packages are for other platforms, workspaces are links. */
const isRequired = (path, { optional, devOptional, link }) =>
  path.startsWith('node_modules/') && !optional && !devOptional && !link

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return {}
  }
}

/** With the npm that runs us, if one does. */
function npmCi() {
  const npm = process.env.npm_execpath
  const [program, ...args] = npm === undefined ? ['npm', 'ci'] : [process.execPath, npm, 'ci']
  const shell = npm === undefined && process.platform === 'win32'
  return spawnSync(program, args, {
    cwd: root,
    shell,
    env: { ...process.env, npm_config_loglevel: 'error' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
}

/** npm's own sentence: the first of its error lines that is no `name value` pair. */
function causeIn(stderr) {
  const lines = stderr.split('\n').map((line) => /^npm (?:error|ERR!) (.+)$/.exec(line)?.[1])
  const sentence = lines.find((line) => line && !/^(code|errno|syscall|path) /.test(line))
  return sentence ?? 'npm ci failed'
}
