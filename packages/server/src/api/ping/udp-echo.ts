/**
 * A UDP echo on the API's port number. It cannot be made to amplify or to flood others: short datagrams only,
 * never to a system port, few per address and second.
 */
import { type Socket, createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

const longestBytes = 64
const lowestSourcePort = 1_024
const mostPerSecond = 20
/** Addresses remembered in one second; further ones get no answer in it. */
const mostAddresses = 10_000

export interface UdpEcho {
  close(): Promise<void>
}

/** `monotonic` answers milliseconds that only ever grow. Rejects when the port cannot be bound. */
export async function startUdpEcho(
  host: string,
  port: number,
  monotonic: () => number,
): Promise<UdpEcho> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  const allowed = createLimit(monotonic)
  socket.on('message', (message, from) => {
    if (message.byteLength > longestBytes || from.port < lowestSourcePort || !allowed(from.address))
      return
    socket.send(message, from.port, from.address, () => {})
  })
  await bind(socket, host, port)
  socket.on('error', () => {})
  return { close: () => new Promise((resolve) => socket.close(() => resolve())) }
}

const bind = (socket: Socket, address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind({ address, port }, () => {
      socket.off('error', reject)
      resolve()
    })
  })

function createLimit(monotonic: () => number): (address: string) => boolean {
  let second = 0
  const counts = new Map<string, number>()
  return (address) => {
    const now = Math.floor(monotonic() / 1000)
    if (now !== second) counts.clear()
    second = now
    const count = (counts.get(address) ?? 0) + 1
    if (count === 1 && counts.size >= mostAddresses) return false
    counts.set(address, count)
    return count <= mostPerSecond
  }
}
