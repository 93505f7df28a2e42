/** What the load balancer is made of: the settings, and the tokens that admit to it. */
import { type Login, authenticate } from '../api/auth.ts'
import type { BalancerOptions } from '../balancer/index.ts'
import type { Config } from '../config.ts'
import { defaultPublicHost } from './public-host.ts'

/** All nodes are this machine. */
const processHost = '127.0.0.1'

export function balancerOptions(
  { loadBalancer, ...config }: Config,
  { processTokens, ...parts }: Pick<BalancerOptions, 'log'> & Login,
): BalancerOptions {
  const { domain, port, behindTls } = loadBalancer
  const host = loadBalancer.host ?? config.host
  return {
    ...parts,
    ...{ host, processHost, trustProxy: config.trustProxy },
    authenticate: (authorization) =>
      authenticate({ ...parts, processTokens }, authorization, {
        access: ['load-balancer:access'],
      }),
    publicHost: config.publicHost ?? defaultPublicHost(host),
    ports: { from: loadBalancer.portsFrom, to: loadBalancer.portsTo },
    names: domain === undefined ? null : { domain, port, behindTls },
  }
}
