/** Which registries callers may name: none that would let them reach into the networks of this machine. */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { HatcheryError } from '@hatchery/contract'
import { publicRegistry } from '../domain/registry-image.ts'

/** Throws `invalid` for a host, with its port where it has one, that is not listed and is no public address. */
export type AssertRegistry = (host: string) => Promise<void>

/** `allowed`: hosts as callers write them. */
export function createRegistryCheck(allowed: readonly string[]): AssertRegistry {
  const listed = new Set([publicRegistry, ...allowed.map((host) => host.toLowerCase())])
  return async (host) => {
    if (listed.has(host)) return
    const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
    const inner = (await addressesOf(name, host)).find(isInner)
    if (inner !== undefined) throw notAllowed(host, inner)
  }
}

async function addressesOf(name: string, host: string): Promise<string[]> {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address)
  } catch {
    throw new HatcheryError('invalid', `the registry ${host} is not known: no address was found`)
  }
}

const notAllowed = (host: string, address: string): HatcheryError =>
  new HatcheryError(
    'invalid',
    `the registry ${host} is at ${address}, which is no public address: whoever runs this installation can list it in containers.allowedRegistries`,
  )

const innerNetworks = {
  ipv4: [
    ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
    ...['172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3'],
  ],
  ipv6: ['::/127', 'fc00::/7', 'fe80::/10', 'ff00::/8', '64:ff9b::/96'],
} as const

const inner = new BlockList()
for (const family of ['ipv4', 'ipv6'] as const) {
  for (const network of innerNetworks[family]) {
    const [net = '', bits] = network.split('/')
    inner.addSubnet(net, Number(bits), family)
  }
}

/** IPv4 addresses in the clothes of IPv6 are looked at as what they are. */
function isInner(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return isInner(mapped)
  return inner.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
