/** The settings of the load balancer and the autoscaler: a part of the schema. */
import Type from 'typebox'

export const trafficSettings = {
  loadBalancer: Type.Object({
    host: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_.:-]{1,255}$',
        allowed: 'a host name or an address',
        fallback: 'that of the API, `host`',
        description: 'Address the load balancers of applications listen on',
      }),
    ),
    portsFrom: Type.Integer({
      default: 32_001,
      minimum: 1_024,
      maximum: 65_535,
      description: 'First port number given to load balancers, one for each application',
    }),
    portsTo: Type.Integer({
      default: 32_767,
      minimum: 1_024,
      maximum: 65_535,
      description: 'Last port number given to load balancers',
    }),
    domain: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,198}[A-Za-z0-9])?$',
        allowed: 'a domain name',
        fallback: 'applications are balanced at their own ports only',
        description:
          'Domain whose names `<appId>.<domain>` are balanced too, at `loadBalancer.port`',
      }),
    ),
    port: Type.Integer({
      default: 4_283,
      minimum: 1,
      maximum: 65_535,
      description: 'Port at which all names of `loadBalancer.domain` are balanced',
    }),
    behindTls: Type.Boolean({
      default: false,
      description: 'Says that a proxy takes https for the names of `loadBalancer.domain`',
    }),
  }),
  autoscaler: Type.Object({
    everySeconds: Type.Integer({
      default: 15,
      minimum: 1,
      maximum: 3_600,
      unit: 's',
      description: 'Time between two looks of the autoscaler',
    }),
    lookBackSeconds: Type.Integer({
      default: 300,
      minimum: 0,
      maximum: 86_400,
      unit: 's',
      description: 'Time for which the highest number of processes that was needed holds',
    }),
  }),
}
