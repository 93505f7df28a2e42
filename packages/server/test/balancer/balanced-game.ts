/** A game server of HTTP and WebSocket, run by the local driver behind the load balancer of its application. */
import type { LoadBalancerView } from '@hatchery/client'
import { eventually } from '../support/eventually.ts'
import { ownRange } from '../support/own-range.ts'
import { type Playground, deployed, openPlayground, running, until } from '../real/playground.ts'

export interface Balanced extends Playground {
  /** Of the application's own port. */
  readonly url: string
}

const portsPerServer = 7

/** Servers of tests run side by side on one machine: each listens at other numbers. */
export function balancerPorts(): string[] {
  const { from, to } = ownRange(32_001, portsPerServer, 109)
  return [`--load-balancer-ports-from=${from}`, `--load-balancer-ports-to=${to}`]
}

/** With the load balancer on and as many processes. */
export async function balancedGame(processes: number, ...flags: string[]): Promise<Balanced> {
  const playground = await openPlayground(...balancerPorts(), ...flags)
  await deployed(playground, webGame, { transportType: 'tcp' })
  await switched(playground, true)
  const { urls } = await stateOnce(playground, ({ urls: found }) => found.length > 0)
  for (let made = 0; made < processes; made += 1) await running(playground)
  await stateOnce(playground, (state) => state.processes === processes)
  return { ...playground, url: urls.at(-1) ?? '' }
}

export async function switched(
  { hatchery, appId }: Pick<Playground, 'hatchery' | 'appId'>,
  enabled: boolean,
): Promise<void> {
  const { client } = hatchery
  const { serviceConfig } = await client.appsV2.getApp(appId)
  const { staticProcessAllocation = [] } = serviceConfig ?? {}
  const changed = { ...serviceConfig, staticProcessAllocation, loadBalancer: { enabled } }
  await client.appsV2.patchApp({ serviceConfig: changed }, appId)
}

/** The state of the load balancer once it is so. */
export const stateOnce = (
  { hatchery, appId }: Pick<Playground, 'hatchery' | 'appId'>,
  isSo: (state: LoadBalancerView) => boolean,
): Promise<LoadBalancerView> =>
  eventually('the load balancer is so', async () => {
    const state = await hatchery.client.hatchery.getLoadBalancer(appId)
    return isSo(state) && state
  })

/** With the admin token. */
export const ask = (
  { url, hatchery }: Balanced,
  path: string,
  init: RequestInit & { readonly duplex?: 'half' } = {},
): Promise<Response> =>
  fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${hatchery.token}` } })

/** Which process answers. */
export const whoAnswers = async (game: Balanced): Promise<string> =>
  await (await ask(game, '/who')).text()

/** A request that its process holds until it is released; answers the process once it has it. */
export async function heldRequest(game: Balanced): Promise<Held> {
  const stream = await ask(game, '/hold')
  const reader = stream.body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  return {
    processId: Buffer.from(value ?? []).toString(),
    async rest() {
      let text = ''
      for (;;) {
        const next = await reader?.read()
        if (next === undefined || next.done) return text
        text += Buffer.from(next.value).toString()
      }
    },
    leave: async () => await reader?.cancel(),
  }
}

export interface Held {
  readonly processId: string
  /** What comes until its end; rejects when it breaks off. */
  rest(): Promise<string>
  leave(): Promise<void>
}

/** Asked to stop, and on its way. */
export async function stop(game: Playground, processId: string): Promise<void> {
  await game.cloud.processesV3.stopProcess(processId)
  await until(game, processId, 'stopping', 'stopped')
}

/** Opened, with the token as a header. */
export async function openSocket(
  { url, hatchery }: Balanced,
  given: { headers?: Record<string, string>; protocols?: string[]; path?: string } = {},
): Promise<WebSocket> {
  const { path = '/socket', protocols = [] } = given
  const headers = given.headers ?? { authorization: `Bearer ${hatchery.token}` }
  // Node's takes headers too, which the types of browsers do not know.
  const options = { headers, protocols } as unknown as string[]
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, options)
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('the WebSocket was refused')))
  })
  return socket
}

/** The next message that comes. */
export const nextMessage = (socket: WebSocket): Promise<string> =>
  new Promise((resolve, reject) => {
    socket.addEventListener('message', ({ data: text }) => resolve(String(text)), { once: true })
    socket.addEventListener('close', () => reject(new Error('the WebSocket was closed')), {
      once: true,
    })
  })

/** Sends back what it gets: `/who`, `/headers`, `/upload`, `/download`, `/hold` and more, and WebSockets. */
export const webGame = {
  Procfile: 'server: exec "$HATCHERY_NODE" server.mjs\n',
  'server.mjs': `
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
const id = process.env.HATHORA_PROCESS_ID
const holding = new Set()
let written = 0
const routes = {
  who: (request, response) => response.end(id),
  headers: (request, response) => response.end(JSON.stringify([request.method, request.url, request.rawHeaders])),
  cookies: (request, response) => response.writeHead(200, ['Set-Cookie', 'a=1', 'X-Game', '1', 'Clear-Site-Data', '"*"', 'Hatchery-Error', 'internal', 'Connection', 'X-Hop', 'X-Hop', '1']).end(id),
  written: (request, response) => response.end(String(written)),
  async upload(request, response) {
    let bytes = 0
    const hash = createHash('sha256')
    for await (const chunk of request) {
      bytes += chunk.length
      hash.update(chunk)
    }
    response.end(JSON.stringify({ bytes, hash: hash.digest('hex') }))
  },
  download(request, response, query) {
    let left = Number(query.get('mb'))
    const chunk = Buffer.alloc(1_048_576, 7)
    const go = () => {
      while (left > 0) {
        left -= 1
        written += 1
        if (!response.write(chunk)) return response.once('drain', go)
      }
      response.end()
    }
    go()
  },
  early(request, response) {
    response.writeHead(413, { connection: 'close' }).end('too large')
  },
  hold(request, response) {
    response.write(id)
    holding.add(response)
    response.once('close', () => holding.delete(response))
  },
  release(request, response) {
    for (const held of holding) held.end(' released')
    response.end()
  },
  silent(request) {
    holding.add(request)
  },
  crash: () => process.kill(process.pid, 'SIGKILL'),
  empty: (request, response) => response.writeHead(204).end(),
  status: (request, response, query) => response.writeHead(Number(query.get('code')), { 'x-game': 'yes' }).end('as told'),
}
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://game')
  const route = routes[pathname.slice(1)]
  if (route === undefined) response.writeHead(404).end('no such thing')
  else Promise.resolve(route(request, response, searchParams)).catch(() => response.destroy())
})
server.on('upgrade', (request, socket) => {
  const { pathname } = new URL(request.url, 'http://game')
  socket.on('error', () => {})
  if (pathname === '/no') {
    socket.end('HTTP/1.1 403 Forbidden\\r\\nContent-Length: 2\\r\\nX-Game: no\\r\\n\\r\\nno')
    return
  }
  const key = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64')
  const offered = request.headers['sec-websocket-protocol']
  const chosen = offered === undefined ? '' : 'Sec-WebSocket-Protocol: ' + offered.split(',')[0].trim() + '\\r\\n'
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n' + chosen + 'Sec-WebSocket-Accept: ' + key + '\\r\\n\\r\\n')
  const say = (text) => socket.write(Buffer.concat([Buffer.from([0x81, 126, text.length >> 8, text.length & 255]), Buffer.from(text)]))
  say(JSON.stringify({ id, headers: request.rawHeaders }))
  // One small masked frame at a time: what tests send.
  socket.on('data', (frame) => {
    if ((frame[0] & 15) === 8) return socket.end(Buffer.from([0x88, 0]))
    const length = frame[1] & 127
    const mask = frame.subarray(2, 6)
    say(String(frame.subarray(6, 6 + length).map((byte, at) => byte ^ mask[at % 4])))
  })
})
server.listen(Number(process.env.PORT))
`,
} as const
