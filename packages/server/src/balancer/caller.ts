/** Who calls, as the process is told: by the connection, and by what trusted proxies say of theirs. */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'
import type { Forwarded } from './headers.ts'

export type CallerOf = (request: IncomingMessage) => Forwarded

/** `proxies`: addresses, or networks such as 10.0.0.0/8. */
export function createCallerOf(proxies: readonly string[]): CallerOf {
  const trusted = listOf(proxies)
  return ({ headers, socket }) => {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '')
    const host = headers.host ?? ''
    if (!trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'))
      return { for: address, proto: 'http', host }
    const before = textOf(headers['x-forwarded-for'])
    return {
      for: before === undefined ? address : `${before}, ${address}`,
      proto: textOf(headers['x-forwarded-proto']) ?? 'http',
      host: textOf(headers['x-forwarded-host']) ?? host,
    }
  }
}

const textOf = (header: string | string[] | undefined): string | undefined =>
  header === undefined ? undefined : String(header)

function listOf(proxies: readonly string[]): BlockList {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}
