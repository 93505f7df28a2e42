/** Why an engine cannot be used, and the command that helps: not installed, not running, and not allowed are three things. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export interface Hindrance {
  readonly found: string
  /** What to type; undefined where no command is known to help. */
  readonly command: string | undefined
}

/** What `error`, thrown by a call to the engine at `url`, means here. */
export function hindranceOf(url: string, error: unknown): Hindrance {
  const code = codeOf(error)
  const socket = url.startsWith('unix://') ? url.slice('unix://'.length) : undefined
  if (socket === undefined) return { found: wordsOf(error), command: undefined }
  if (code === 'EACCES' || code === 'EPERM') return notAllowed(socket)
  if (code !== 'ENOENT' && code !== 'ECONNREFUSED') {
    return { found: wordsOf(error), command: undefined }
  }
  return isInstalled() ? notRunning(socket) : notInstalled(socket)
}

const notAllowed = (socket: string): Hindrance => ({
  found: `this user may not use the Docker engine at ${socket}`,
  command: 'sudo usermod -aG docker "$USER" && newgrp docker',
})

const notRunning = (socket: string): Hindrance => ({
  found: `Docker is installed, and no engine runs at ${socket}`,
  command: startCommand(),
})

const notInstalled = (socket: string): Hindrance => ({
  found: `no Docker engine is installed: there is none at ${socket}, and no dockerd on this machine`,
  command: existsSync('/usr/bin/apt-get')
    ? 'sudo apt-get install docker.io'
    : 'see https://docs.docker.com/engine/install',
})

function startCommand(): string {
  if (process.platform === 'darwin') return 'open -a Docker'
  return existsSync('/run/systemd/system')
    ? 'sudo systemctl start docker'
    : 'sudo service docker start'
}

const folders = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/snap/bin']

const isInstalled = (): boolean =>
  existsSync('/Applications/Docker.app') ||
  folders.some((folder) => existsSync(join(folder, 'dockerd')))

/** Of the error or of what caused it. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code } = error as NodeJS.ErrnoException
  return code ?? codeOf(error.cause)
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
