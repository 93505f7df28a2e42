/** The address that players connect to, where no setting names it. */
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { isLoopback } from '../config.ts'

export function defaultPublicHost(listenHost: string): string {
  if (isLoopback(listenHost)) return '127.0.0.1'
  return addressOf(defaultInterface()) ?? '127.0.0.1'
}

/** The interface of the default route, on Linux. */
function defaultInterface(): string | undefined {
  try {
    const lines = readFileSync('/proc/net/route', 'utf8').split('\n').slice(1)
    return lines
      .map((line) => line.split('\t'))
      .find(([, destination]) => destination === '00000000')?.[0]
  } catch {
    return undefined
  }
}

function addressOf(name: string | undefined): string | undefined {
  const interfaces = networkInterfaces()
  const candidates = name === undefined ? Object.values(interfaces).flat() : interfaces[name]
  return candidates?.find((one) => one?.family === 'IPv4' && !one.internal)?.address
}
