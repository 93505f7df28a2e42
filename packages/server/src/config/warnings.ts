/** What is allowed but worth a line at the start. */
import { readFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import { isLoopback } from './loopback.ts'

/** Sentences about settings that work but may surprise. Reads this machine's range of ephemeral ports, where it has one. */
export function configWarnings(config: Config): string[] {
  return [openWarning(config), overlapWarning(config.ports, ephemeralPorts())].filter(
    (warning) => warning !== undefined,
  )
}

function openWarning({ host, publicUrl }: Config): string | undefined {
  if (isLoopback(host)) return undefined
  const open = `the API is open to the network on ${host}`
  if (publicUrl?.startsWith('https:')) return open
  return `${open} without TLS: tokens cross it unprotected; put a proxy with TLS before it and set publicUrl`
}

interface PortRange {
  readonly from: number
  readonly to: number
}

/** Ports that the kernel hands to outgoing connections: a game may find its port taken by one. */
export function overlapWarning(
  ports: PortRange,
  ephemeral: PortRange | undefined,
): string | undefined {
  if (ephemeral === undefined) return undefined
  if (ports.to < ephemeral.from || ports.from > ephemeral.to) return undefined
  return (
    `the ports of games, ${ports.from} to ${ports.to}, overlap the system's ephemeral ports, ` +
    `${ephemeral.from} to ${ephemeral.to}: starts of games may need several tries`
  )
}

function ephemeralPorts(): PortRange | undefined {
  try {
    const text = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
    const [from, to] = text.trim().split(/\s+/).map(Number)
    return from === undefined || to === undefined ? undefined : { from, to }
  } catch {
    return undefined
  }
}
