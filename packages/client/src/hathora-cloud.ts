/** The client under the name of the official one, so that changing the import is all there is to change. */
import { Hatchery } from './hatchery.ts'
import { InvalidRequestError } from './errors.ts'
import type { HatcheryOptions } from './options.ts'

export type HathoraCloudOptions = Partial<HatcheryOptions>

/** Without `serverURL` the environment says where the server is: `HATCHERY_URL`, or else `HATHORA_CLOUD_ENDPOINT`. */
export class HathoraCloud extends Hatchery {
  constructor(options: HathoraCloudOptions = {}) {
    super({ ...options, serverURL: options.serverURL ?? addressInEnvironment() })
  }
}

function addressInEnvironment(): string {
  // Browsers have none.
  const { env = {} } =
    (globalThis as { process?: { env?: Record<string, string | undefined> } }).process ?? {}
  const url = env['HATCHERY_URL'] || env['HATHORA_CLOUD_ENDPOINT']
  if (url) return url
  throw new InvalidRequestError(
    'HathoraCloud',
    'serverURL is missing: pass the address of your Hatchery, as http://127.0.0.1:4282, or set HATCHERY_URL',
  )
}
