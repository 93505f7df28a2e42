/** A Docker engine of a test's own: own folder, socket and bridge, no rule in the machine's packet filter. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Why there can be no engine here; undefined when there can. */
export function engineHindrance(): string | undefined {
  if (process.getuid?.() !== 0) return 'a Docker engine of its own needs root'
  const missing = ['dockerd', 'ip', 'busybox', 'perl'].filter(
    (name) => findProgram(name) === undefined,
  )
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`
}

export const programFolders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/bin']

export const findProgram = (name: string): string | undefined =>
  programFolders.map((folder) => join(folder, name)).find((path) => existsSync(path))

export const socketIn = (folder: string): string => `unix://${folder}/docker.sock`

/** Starts an engine over a folder, or the one that ran there again. `number`: 0 to 255, its network's. */
export async function startEngine(
  folder: string,
  number: number,
  flags: readonly string[] = [],
): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  makeBridge(number)
  // A killed engine leaves these, and refuses to start.
  rmSync(join(folder, 'dockerd.pid'), { force: true })
  rmSync(join(folder, 'exec/containerd/containerd.pid'), { force: true })
  writeFileSync(join(folder, 'bridge'), bridgeOf(number))
  const log = openSync(join(folder, 'dockerd.log'), 'w')
  const engine = spawn(
    'dockerd',
    [
      ...['--host', socketIn(folder), '--pidfile', join(folder, 'dockerd.pid')],
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--bridge', bridgeOf(number), '--iptables=false', '--ip-masq=false'],
      ...['--ip-forward=false', ...flags],
    ],
    { detached: true, stdio: ['ignore', log, log], env: { PATH: programFolders.join(':') } },
  )
  closeSync(log)
  engine.unref()
  await untilReady(folder, engine)
  return socketIn(folder)
}

const bridgeOf = (number: number): string => `hatchery${number}`

function makeBridge(number: number): void {
  const name = bridgeOf(number)
  if (existsSync(`/sys/class/net/${name}`)) return
  execFileSync('ip', ['link', 'add', 'name', name, 'type', 'bridge'])
  execFileSync('ip', ['address', 'add', `10.213.${number}.1/24`, 'dev', name])
  execFileSync('ip', ['link', 'set', name, 'up'])
}

/** Rejects with the engine's last words when it did not start. */
export async function untilReady(folder: string, engine: ChildProcess): Promise<void> {
  const deadline = performance.now() + 60_000
  const log = join(folder, 'dockerd.log')
  while (!readFileSync(log, 'utf8').includes('API listen on')) {
    if (engine.exitCode !== null || performance.now() > deadline) {
      throw new Error(`dockerd did not start: ${readFileSync(log, 'utf8').slice(-2000)}`)
    }
    await sleep(20)
  }
}

/** Ends the engine over a folder; its containers end with it unless it has live-restore. */
export async function endEngine(folder: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  await endProgram(Number(readOr(join(folder, 'dockerd.pid'), '0')), 'dockerd', signal)
}

/** Makes another program end, and waits for that. */
export async function endProgram(pid: number, name: string, signal: NodeJS.Signals): Promise<void> {
  if (!isProgram(pid, name)) return
  process.kill(pid, signal)
  const deadline = performance.now() + 60_000
  while (isProgram(pid, name)) {
    if (performance.now() > deadline) throw new Error(`${name} ${pid} does not end`)
    await sleep(20)
  }
}

/** Ends it and removes everything it made. */
export async function removeEngine(folder: string): Promise<void> {
  await endEngine(folder, 'SIGTERM')
  const containerd = Number(readOr(join(folder, 'exec/containerd/containerd.pid'), '0'))
  await endProgram(containerd, 'containerd', 'SIGKILL')
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, path = ''] = line.split(' ')
      return path.startsWith(`${folder}/`) ? [path] : []
    })
  for (const path of mounts.toReversed()) execFileSync('umount', ['--lazy', path])
  const bridge = readOr(join(folder, 'bridge'), '')
  if (bridge !== '' && existsSync(`/sys/class/net/${bridge}`)) {
    execFileSync('ip', ['link', 'delete', bridge])
  }
  rmSync(folder, { recursive: true, force: true })
}

/** By its executable: a zombie has none, and a reused pid has another. */
const isProgram = (pid: number, name: string): boolean => programOf(pid).endsWith(`/${name}`)

function programOf(pid: number): string {
  try {
    return pid > 0 ? readlinkSync(`/proc/${pid}/exe`) : ''
  } catch {
    return ''
  }
}

export function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return otherwise
  }
}

/** Folders of engines in `parent` whose test run is gone. */
export const abandonedEngines = (parent: string): string[] =>
  readdirSync(parent).flatMap((name) => {
    const [, pid] = /^hatchery-engine-(\d+)-/.exec(name) ?? []
    return pid === undefined || existsSync(`/proc/${pid}`) ? [] : [join(parent, name)]
  })
