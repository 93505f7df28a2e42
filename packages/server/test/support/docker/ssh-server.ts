/** An SSH server on loopback that lets one key in, and an `ssh` before the system's that knows it. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from '../../drivers/support/free-port.ts'
import { eventually } from '../eventually.ts'
import { aFolder } from '../start-hatchery.ts'
import { findProgram } from './engine-process.ts'

/** Why there can be none here; undefined when there can. */
export function sshHindrance(): string | undefined {
  const missing = ['sshd', 'ssh', 'docker'].filter((name) => findProgram(name) === undefined)
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`
}

export interface SshServer {
  /** `ssh://root@127.0.0.1:PORT`, behind which a path may follow. */
  readonly url: string
  /** Ends every session, and lets nobody in until `mend`. */
  cut(): Promise<void>
  mend(): Promise<void>
}

/** Ends with the test, as does what it does to the PATH. */
export async function anSshServer(): Promise<SshServer> {
  const folder = aFolder()
  const port = await freePort()
  for (const name of ['host', 'client']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)])
  }
  execFileSync('cp', [join(folder, 'client.pub'), join(folder, 'allowed')])
  writeFileSync(join(folder, 'sshd.conf'), serverSettings(folder, port))
  putSshBefore(folder)
  let server = await startServer(folder, port)
  onTestFinished(() => server.end())
  return {
    url: `ssh://${userInfo().username}@127.0.0.1:${port}`,
    cut: () => server.end(),
    async mend() {
      server = await startServer(folder, port)
    },
  }
}

const serverSettings = (folder: string, port: number): string =>
  [
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${folder}/host`, 'PidFile none'],
    ...[`AuthorizedKeysFile ${folder}/allowed`, 'StrictModes no', 'UsePAM no'],
    ...['PermitRootLogin yes', 'PasswordAuthentication no', 'MaxStartups 100', ''],
  ].join('\n')

/** In a group of its own, so that it ends with its sessions. */
async function startServer(folder: string, port: number) {
  const sshd = findProgram('sshd') ?? ''
  if (!existsSync('/run/sshd')) mkdirSync('/run/sshd', { mode: 0o755 })
  const server = spawn(sshd, ['-D', '-e', '-f', join(folder, 'sshd.conf')], {
    ...{ detached: true, stdio: 'ignore' },
  })
  await eventually('the SSH server listens', async () => {
    const socket = connect(port, '127.0.0.1')
    const outcome = once(socket, 'connect').then(
      () => true,
      () => false,
    )
    return await outcome.finally(() => socket.destroy())
  })
  return {
    async end() {
      if (server.exitCode !== null || server.signalCode !== null) return
      process.kill(-Number(server.pid), 'SIGKILL')
      await once(server, 'exit')
    },
  }
}

/** What a user writes into ~/.ssh/config is given on the command line. */
function putSshBefore(folder: string): void {
  const options = [
    ...['-F', '/dev/null', '-i', join(folder, 'client'), '-o', 'StrictHostKeyChecking=no'],
    ...['-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR'],
  ]
  const program = join(folder, 'bin', 'ssh')
  mkdirSync(join(folder, 'bin'))
  writeFileSync(program, `#!/bin/sh\nexec ${findProgram('ssh')} ${options.join(' ')} "$@"\n`)
  chmodSync(program, 0o755)
  const before = process.env['PATH']
  process.env['PATH'] = `${join(folder, 'bin')}:${before}`
  onTestFinished(() => {
    process.env['PATH'] = before
  })
}
