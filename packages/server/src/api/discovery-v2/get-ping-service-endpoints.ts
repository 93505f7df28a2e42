import type { Handler } from '../context.ts'

/** One echo per region: every region is measured at this server. */
export const getPingServiceEndpoints: Handler<'GetPingServiceEndpoints'> = async (
  _input,
  { services },
) =>
  services.regions.names.map((region) => ({
    region,
    host: services.ping.host,
    port: services.ping.port(),
  }))
