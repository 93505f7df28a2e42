/** Ports that nobody holds, out of the range that the engine leases from. */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

const given = new Set<number>()

/** A port that is free for TCP and UDP, never given twice by this program. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (given.has(port) || !(await isFreeTcp(port)) || !(await isFreeUdp(port))) continue
    given.add(port)
    return port
  }
}

const isFreeTcp = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })

const isFreeUdp = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => {
      socket.close()
      resolve(false)
    })
    socket.bind(port, () => socket.close(() => resolve(true)))
  })
