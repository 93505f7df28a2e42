/** Ports that nobody holds, from a part of the numbers that is this worker's alone: no other test takes one meanwhile. */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

const given = new Set<number>()

/** Below all that servers under test lease (20,000 and more) and that the kernel gives (32,768 and more). */
const perWorker = 2_000
const first = 10_000 + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 4) * perWorker

/** A port that is free for TCP and UDP, never given twice by this program. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * perWorker)
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
