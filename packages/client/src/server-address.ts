/** Where the server is, for programs that were written for a client that knew it. */
import { InvalidRequestError } from './errors.ts'
import type { HatcheryOptions } from './options.ts'

export type HathoraCloudOptions = Partial<HatcheryOptions> & {
  /** A server by its number in the official client's list: 1 is the origin of the page, any other as if left out. */
  serverIdx?: number | undefined
}

/**
 * The options with an address. Without `serverURL` the environment says it: `HATCHERY_URL`, or else
 * `HATHORA_CLOUD_ENDPOINT`. Throws an InvalidRequestError, of `operation`, where neither does.
 */
export const withServerUrl = (
  operation: string,
  { serverIdx, ...options }: HathoraCloudOptions,
): HatcheryOptions => ({
  ...options,
  serverURL: options.serverURL ?? (serverIdx === 1 ? '/' : addressInEnvironment(operation)),
})

function addressInEnvironment(operation: string): string {
  // Browsers have none.
  const { env = {} } =
    (globalThis as { process?: { env?: Record<string, string | undefined> } }).process ?? {}
  const url = env['HATCHERY_URL'] || env['HATHORA_CLOUD_ENDPOINT']
  if (url) return url
  throw new InvalidRequestError(
    operation,
    'serverURL is missing: pass the address of your Hatchery, as http://127.0.0.1:4282, or set HATCHERY_URL',
  )
}
