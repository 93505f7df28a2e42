/** Where a Docker engine answers: a socket of this machine, or another host over TCP, TLS or SSH. */
import type { Agent, RequestOptions } from 'node:https'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DriverError } from '../../domain/driver.ts'
import { openSshTunnel } from './ssh-tunnel.ts'

export interface EngineAddress {
  /** `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://user@host` */
  readonly url: string
  /** For `tcp://`: holds ca.pem, cert.pem and key.pem, as Docker's own client has them; undefined: without TLS. */
  readonly certificates?: string | undefined
}

export interface Connection {
  readonly secure: boolean
  readonly options: RequestOptions
  /** Makes the connection in place of Node. */
  readonly open?: Agent['createConnection']
}

/**
 * A line that was cut without a word is noticed in 20 s: the kernel asks after 10 s of silence, and then ten times, a
 * second apart.
 */
const watchedLine = { keepAlive: true, keepAliveInitialDelay: 10_000 }

/** How to reach it. Throws a temporary DriverError when a certificate cannot be read now. */
export function connectionTo({ url, certificates }: EngineAddress): Connection {
  if (url.startsWith('unix://')) {
    return { secure: false, options: { socketPath: url.slice('unix://'.length) } }
  }
  if (url.startsWith('ssh://')) {
    return { secure: false, options: {}, open: () => openSshTunnel(url) }
  }
  const { hostname, port } = new URL(url)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const number = port === '' ? defaultPort(certificates) : Number(port)
  const options = { ...watchedLine, host, port: number }
  if (certificates === undefined) return { secure: false, options }
  return { secure: true, options: { ...options, ...keysIn(certificates) } }
}

const defaultPort = (certificates: string | undefined): number =>
  certificates === undefined ? 2_375 : 2_376

function keysIn(folder: string): { ca: Buffer; cert: Buffer; key: Buffer } {
  const read = (name: string): Buffer => {
    try {
      return readFileSync(join(folder, name))
    } catch (cause) {
      throw new DriverError(`the certificate ${join(folder, name)} cannot be read`, {
        ...{ temporary: true, cause },
      })
    }
  }
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') }
}
