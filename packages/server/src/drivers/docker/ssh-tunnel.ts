/**
 * A connection to a Docker engine through the system's `ssh`, as Docker's own client makes it: on the other side `docker
 * system dial-stdio` joins the session to the engine's socket. Keys, jump hosts and known hosts are ssh's own matter.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { Duplex, type Readable, type Writable } from 'node:stream'

/** What ssh says when it fails is told; no more of it than this. */
const mostWordsKept = 2_000

/** Ends with ssh, in its words where it failed; destroying it ends ssh. */
export function openSshTunnel(url: string): Duplex {
  const ssh = spawn('ssh', sshArguments(url), { stdio: ['pipe', 'pipe', 'pipe'] })
  const tunnel = new Duplex({
    read: () => void ssh.stdout.resume(),
    // What ssh did not take is told by its end, which says why.
    write: (bytes, _encoding, done) => void ssh.stdin.write(bytes, () => done()),
    final: (done) => void ssh.stdin.end(done),
    destroy(error, done) {
      ssh.kill()
      done(error)
    },
  })
  ssh.stdin.on('error', () => undefined)
  ssh.stdout.on('data', (bytes) => {
    if (!tunnel.push(bytes)) ssh.stdout.pause()
  })
  endWith(ssh, tunnel)
  return Object.assign(tunnel, asSocket(tunnel))
}

function endWith(ssh: ChildProcessByStdio<Writable, Readable, Readable>, tunnel: Duplex): void {
  let words = ''
  ssh.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = `${words}${text}`.slice(-mostWordsKept)
  })
  ssh.on('error', (cause) =>
    tunnel.destroy(new Error(`ssh cannot be run: ${cause.message}`, { cause })),
  )
  ssh.on('close', (code) => {
    if (code === 0) tunnel.push(null)
    else tunnel.destroy(new Error(words.trim() || `ssh ended with code ${code}`))
  })
}

/** What Node's HTTP client calls on a socket, and what means nothing here. */
const asSocket = (tunnel: Duplex) => ({
  setKeepAlive: () => tunnel,
  setNoDelay: () => tunnel,
  setTimeout: () => tunnel,
  ref: () => tunnel,
  unref: () => tunnel,
})

/** Never asks for a password; a line that is cut is noticed in 45 s. A path names the engine's socket there. */
export function sshArguments(url: string): string[] {
  const { username, hostname, port, pathname } = new URL(url)
  const engine = pathname.length > 1 ? ['--host', `unix://${pathname}`] : []
  return [
    ...['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10'],
    ...['-o', 'ServerAliveInterval=15', '-o', 'ServerAliveCountMax=3'],
    ...(username === '' ? [] : ['-l', username]),
    ...(port === '' ? [] : ['-p', port]),
    ...['--', hostname.replace(/^\[(.*)\]$/, '$1'), 'docker', ...engine],
    ...['system', 'dial-stdio'],
  ]
}
