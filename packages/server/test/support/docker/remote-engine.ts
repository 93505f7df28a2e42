/**
 * A Docker engine as on another machine: in namespaces of its own for network and processes, so that it is reached over
 * a line, and nothing of its containers can be seen in /proc here.
 */
import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { writeCertificates } from './certificates.ts'
import { endProgram, programFolders, readOr, socketIn, untilReady } from './engine-process.ts'

export interface RemoteEngine {
  /** `tcp://10.214.N.2:2376` */
  readonly url: string
  readonly host: string
  /** As on its own machine. */
  readonly localUrl: string
  /** Where the client's certificates are; undefined: it is reached without TLS. */
  readonly certificates: string | undefined
  /** What is sent in either direction is lost, and nobody is told. */
  cutLine(): void
  mendLine(): void
  /** Certificates of an authority that it does not know. */
  strangers(): string
}

export interface RemoteEngineWish {
  readonly folder: string
  readonly line: 'plain' | 'TLS'
}

export async function startRemoteEngine(wish: RemoteEngineWish): Promise<RemoteEngine> {
  const { folder, line } = wish
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const number = makeNetwork()
  writeFileSync(fileIn(folder, 'number'), String(number))
  const host = `10.214.${number}.2`
  const certificates = line === 'TLS' ? writeCertificates(folder, host) : undefined
  const url = `tcp://${host}:${line === 'TLS' ? 2376 : 2375}`
  await startIn(wish, number, url)
  return {
    ...{ url, host, certificates, localUrl: socketIn(folder) },
    cutLine: () => setLine(number, 'down'),
    mendLine: () => setLine(number, 'up'),
    strangers: () => writeCertificates(join(folder, 'strangers'), host),
  }
}

/** Whether a folder is of such an engine. */
export const isRemoteEngine = (folder: string): boolean => existsSync(fileIn(folder, 'number'))

/** Ends it with all its containers and removes everything it made. */
export async function removeRemoteEngine(folder: string): Promise<void> {
  const starter = Number(readOr(fileIn(folder, 'pid'), '0'))
  // The kernel ends a namespace with its first process, and that one ends when it is done.
  for (const first of childrenOf(starter)) process.kill(first, 'SIGKILL')
  await endProgram(starter, 'unshare', 'SIGTERM')
  removeNetwork(Number(readFileSync(fileIn(folder, 'number'), 'utf8')))
  rmSync(folder, { recursive: true, force: true })
}

const fileIn = (folder: string, name: 'number' | 'pid'): string => join(folder, `remote.${name}`)

async function startIn(
  { folder, line }: RemoteEngineWish,
  number: number,
  url: string,
): Promise<void> {
  const log = openSync(join(folder, 'dockerd.log'), 'w')
  const own = ['--pid', '--mount-proc', '--fork', '--kill-child']
  const starter = spawn(
    'nsenter',
    [
      ...[`--net=/run/netns/${nameOf(number)}`, 'unshare', ...own, 'dockerd'],
      ...['--host', url, '--host', socketIn(folder), ...secrecy(folder, line)],
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--pidfile', join(folder, 'dockerd.pid'), '--bridge', bridge, '--iptables=false'],
      ...['--ip-masq=false', '--ip-forward=false'],
    ],
    { detached: true, stdio: ['ignore', log, log], env: { PATH: programFolders.join(':') } },
  )
  closeSync(log)
  starter.unref()
  writeFileSync(fileIn(folder, 'pid'), String(starter.pid))
  await untilReady(folder, starter)
}

function secrecy(folder: string, line: 'plain' | 'TLS'): string[] {
  if (line === 'plain') return ['--tls=false']
  const file = (name: string): string => join(folder, 'server', `${name}.pem`)
  const keys = [`--tlscert=${file('cert')}`, `--tlskey=${file('key')}`]
  return ['--tlsverify', `--tlscacert=${file('ca')}`, ...keys]
}

const bridge = 'games'
const nameOf = (number: number): string => `hatchery-far-${number}`
const ip = (...args: string[]): void => void execFileSync('ip', args, { stdio: 'ignore' })

/** A line from here to a network of its own, and a bridge for its containers there. Answers its number, 0 to 255. */
function makeNetwork(): number {
  const number = Array.from({ length: 256 }, (_, at) => at).find(isNew)
  if (number === undefined) throw new Error('there are no more networks for remote engines')
  const name = nameOf(number)
  const [here, there] = [`far${number}`, `far${number}p`]
  const inside = (...args: string[]): void => ip('-netns', name, ...args)
  ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name)
  ip('address', 'add', `10.214.${number}.1/30`, 'dev', here)
  ip('link', 'set', here, 'up')
  inside('address', 'add', `10.214.${number}.2/30`, 'dev', there)
  inside('link', 'add', bridge, 'type', 'bridge')
  inside('address', 'add', `10.213.${number}.1/24`, 'dev', bridge)
  for (const device of ['lo', there, bridge]) inside('link', 'set', device, 'up')
  return number
}

/** Whether nobody had it: other runs of tests may be on this machine. */
function isNew(number: number): boolean {
  try {
    ip('netns', 'add', nameOf(number))
    return true
  } catch {
    return false
  }
}

/** Its end there: here the address stays, so that nothing says that nobody can hear. */
const setLine = (number: number, state: 'up' | 'down'): void =>
  ip('-netns', nameOf(number), 'link', 'set', `far${number}p`, state)

function removeNetwork(number: number): void {
  // The name is free only when both are gone, and a network goes later than its name.
  if (existsSync(`/sys/class/net/far${number}`)) ip('link', 'delete', `far${number}`)
  if (existsSync(`/run/netns/${nameOf(number)}`)) ip('netns', 'delete', nameOf(number))
}

const childrenOf = (pid: number): number[] =>
  readOr(`/proc/${pid}/task/${pid}/children`, '').split(' ').filter(Boolean).map(Number)
