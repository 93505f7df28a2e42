import type { Handler } from '../context.ts'
import { connectionOf } from '../rooms-v2/get-connection-info.ts'

/** Its default port alone, and flat. */
export const getConnectionInfoV1: Handler<'GetConnectionInfoDeprecated'> = async (
  { params },
  { services },
) => {
  const { roomId, exposedPort } = await connectionOf(services, params)
  if (exposedPort === undefined) return { roomId, status: 'starting' }
  const { host, port, transportType } = exposedPort
  return { roomId, status: 'active', host, port, transportType }
}
