/** On loopback only known Host names are served: a page elsewhere cannot reach us through a name of its own. */
import { HatcheryError } from '@hatchery/contract'

export interface HostRules {
  /** Whether the API listens on loopback only. */
  readonly loopback: boolean
  /** Names served besides localhost and loopback addresses, without a port. */
  readonly allowed: readonly string[]
}

const always = ['localhost', '127.0.0.1', '[::1]']

/** The name of `publicUrl` counts too: a proxy on this machine hands on the one that callers use. */
export const allowedNames = (
  allowedHosts: readonly string[],
  publicUrl: string | undefined,
): readonly string[] =>
  publicUrl === undefined ? allowedHosts : [...allowedHosts, new URL(publicUrl).hostname]

export function assertHost({ loopback, allowed }: HostRules, header: string | undefined): void {
  if (!loopback || header === undefined) return
  const name = header.replace(/:\d+$/, '').toLowerCase()
  if (always.includes(name) || allowed.includes(name)) return
  throw new HatcheryError(
    'not-found',
    `the host name ${JSON.stringify(name.slice(0, 100))} is not served: add it to allowedHosts`,
  )
}
