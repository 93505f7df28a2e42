/** Where Docker's own client would find its engine: what is meant when the settings name none. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from './variables.ts'

export interface UsualEngine {
  /** As it was found: `unix:///…`, `tcp://…`, `ssh://…`, or what only Docker's own client can reach, as `npipe://…`. */
  readonly engine: string
  /** A folder with ca.pem, cert.pem and key.pem. */
  readonly certificates?: string | undefined
}

const usualSocket = '/var/run/docker.sock'

/**
 * `DOCKER_HOST`, else the context that Docker's client uses, else the first socket that is there: the machine's, one of
 * a user's own engine, those of Docker Desktop. Where there is none it is the machine's.
 */
export const usualEngine = (env: Environment): UsualEngine =>
  fromVariables(env) ?? fromContext(env) ?? { engine: `unix://${socketOf(env)}` }

function fromVariables(env: Environment): UsualEngine | undefined {
  const { DOCKER_HOST: engine, DOCKER_CERT_PATH: folder, DOCKER_TLS_VERIFY: verify } = env
  if (!engine) return undefined
  return { engine, certificates: verify ? (folder ?? clientFolder(env)) : undefined }
}

/** `default` names no endpoint of its own. */
function fromContext(env: Environment): UsualEngine | undefined {
  const folder = clientFolder(env)
  if (folder === undefined) return undefined
  const config = jsonIn(join(folder, 'config.json')) as { currentContext?: string } | undefined
  const name = env['DOCKER_CONTEXT'] || config?.currentContext
  if (!name || name === 'default') return undefined
  const id = createHash('sha256').update(name).digest('hex')
  const meta = jsonIn(join(folder, 'contexts/meta', id, 'meta.json')) as ContextMeta | undefined
  const engine = meta?.Endpoints?.docker?.Host
  const keys = join(folder, 'contexts/tls', id, 'docker')
  return engine ? { engine, certificates: existsSync(keys) ? keys : undefined } : undefined
}

interface ContextMeta {
  readonly Endpoints?: { readonly docker?: { readonly Host?: string } }
}

function socketOf(env: Environment): string {
  const home = env['HOME']
  const runtime = env['XDG_RUNTIME_DIR']
  const sockets = [
    usualSocket,
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    ...(home
      ? [join(home, '.docker/run/docker.sock'), join(home, '.docker/desktop/docker.sock')]
      : []),
  ]
  return sockets.find((path) => existsSync(path)) ?? usualSocket
}

const clientFolder = ({ DOCKER_CONFIG: folder, HOME: home }: Environment): string | undefined =>
  folder || (home ? join(home, '.docker') : undefined)

/** Undefined where there is no such file, or none that can be read. */
function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
