/** What callers connect to: an HTTP server that finds the application, looks at the token and hands on. */
import { type Agent, type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { Socket } from 'node:net'
import { HatcheryError } from '@hatchery/contract'
import type { Log } from '../domain/log.ts'
import { type Authenticate, admit, protocolsIn } from './admission.ts'
import type { Backends } from './backends.ts'
import type { CallerOf } from './caller.ts'
import { forwardRequest } from './forward-request.ts'
import { forwardUpgrade } from './forward-upgrade.ts'
import { ProcessFailure, refuse, refuseUpgrade } from './refusal.ts'

/** An application whose load balancer is on. */
export interface Route {
  readonly orgId: string
  readonly backends: Backends
}

export interface FrontOptions {
  readonly authenticate: Authenticate
  readonly callerOf: CallerOf
  readonly agent: Agent
  readonly log: Log
}

export interface Front {
  /** Rejects with the error of the system when the port cannot be had. */
  listen(host: string, port: number): Promise<void>
  /** Takes nothing new, cuts WebSockets, lets requests end for a while, then cuts them too. */
  close(): Promise<void>
}

/** A body may take as long as it takes, its headers may not. */
const headersTimeoutMs = 60_000
/** Longer than proxies in front keep theirs. */
const keepAliveMs = 75_000
/** How long requests that are under way may take when it closes. */
const closePatienceMs = 5_000
/** After so long without a byte the other side is asked whether it is still there. */
const probeMs = 60_000

/** `routeOf` answers undefined where the request is for no application. */
export function createFront(
  routeOf: (request: IncomingMessage) => Route | undefined,
  options: FrontOptions,
): Front {
  const upgraded = new Set<Socket>()
  const server = createServer({
    ...{ requestTimeout: 0, headersTimeout: headersTimeoutMs, keepAliveTimeout: keepAliveMs },
    ...{ keepAlive: true, keepAliveInitialDelay: probeMs, noDelay: true },
    shouldUpgradeCallback: isWebSocket,
  })
  let active = 0
  let wasLast = (): void => {}

  const routed = (request: IncomingMessage): Route => {
    const route = routeOf(request)
    if (route !== undefined) return route
    throw new HatcheryError('not-found', 'no application is balanced at this host name')
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    awaitsContinue: boolean,
  ): Promise<void> {
    count(response)
    try {
      const { orgId, backends } = routed(request)
      await admit(options.authenticate, orgId, request.headers.authorization)
      if (response.destroyed) return
      const forwarded = options.callerOf(request)
      const { agent } = options
      forwardRequest({ request, response, backends, forwarded, agent, awaitsContinue })
    } catch (error) {
      noteBug(error)
      refuse(request, response, error)
    }
  }

  async function upgrade(
    request: IncomingMessage,
    socket: Socket,
    head: Uint8Array,
  ): Promise<void> {
    upgraded.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => upgraded.delete(socket))
    try {
      const { orgId, backends } = routed(request)
      const protocols = protocolsIn(request)
      const authorization = request.headers.authorization ?? protocols.secret
      await admit(options.authenticate, orgId, authorization)
      if (socket.destroyed) return
      const forwarded = options.callerOf(request)
      forwardUpgrade({ request, socket, head, backends, forwarded, protocols })
    } catch (error) {
      noteBug(error)
      refuseUpgrade(socket, error)
    }
  }

  function count(response: ServerResponse): void {
    active += 1
    response.once('close', () => {
      active -= 1
      if (active === 0) wasLast()
    })
  }

  function noteBug(err: unknown): void {
    if (err instanceof HatcheryError || err instanceof ProcessFailure) return
    options.log.error({ event: 'balancer.bug', err }, 'a balanced request failed by a bug')
  }

  server.on('request', (request, response) => void answer(request, response, false))
  server.on('checkContinue', (request, response) => void answer(request, response, true))
  server.on('upgrade', (request, socket: Socket, head) => void upgrade(request, socket, head))

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen({ host, port }, () => {
          server.off('error', reject)
          server.on('error', (err) =>
            options.log.warn({ event: 'balancer.error', err }, 'an error'),
          )
          resolve()
        })
      }),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of upgraded) socket.destroy()
      // Connections that never had a request would be waited for.
      wasLast = () => server.closeAllConnections()
      const timer = setTimeout(wasLast, closePatienceMs)
      if (active === 0) wasLast()
      else server.closeIdleConnections()
      await closed
      clearTimeout(timer)
    },
  }
}

/** Others are answered as if they had not asked for another protocol. */
const isWebSocket = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  headers['transfer-encoding'] === undefined &&
  headers['content-length'] === undefined
