/** Which TCP ports are free, and which program has one that is not. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename } from 'node:path'

export const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host, port }, () => server.close(() => resolve(true)))
  })

export async function nextFreePort(host: string, port: number): Promise<number> {
  for (let next = port + 1; next <= 65_535; next += 1) if (await isFree(host, next)) return next
  return 0
}

/** The program that listens on a port as `node (pid 4711)`; undefined where this user may not see it. */
export function ownerOf(port: number): string | undefined {
  const pid = listenerOf(port)
  return pid === undefined ? undefined : `${programOf(pid)} (pid ${pid})`
}

/** By its command line: what Linux calls a process is the name of a thread, which is `MainThread` in Node 24. */
function programOf(pid: number): string {
  const [program = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  return basename(program) || readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
}

/** The id of the process that listens on a port; undefined where there is none or this user may not see it. */
export function listenerOf(port: number): number | undefined {
  try {
    const inode = listeningInode(port)
    const pid =
      inode && readdirSync('/proc').find((name) => /^\d+$/.test(name) && holds(name, inode))
    return pid ? Number(pid) : undefined
  } catch {
    return undefined
  }
}

/** State 0A is LISTEN; the tenth column is the socket's inode. */
function listeningInode(port: number): string | undefined {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n')) {
      const columns = line.trim().split(/\s+/)
      if (columns[1]?.endsWith(hex) && columns[3] === '0A') return columns[9]
    }
  }
  return undefined
}

function holds(pid: string, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(
      (fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`,
    )
  } catch {
    return false
  }
}
