/** The client under the name of the official one, so that changing the import is all there is to change. */
import { Hatchery } from './hatchery.ts'
import { type HathoraCloudOptions, withServerUrl } from './server-address.ts'

export type { HathoraCloudOptions }

/** Without `serverURL` the environment says where the server is: `HATCHERY_URL`, or else `HATHORA_CLOUD_ENDPOINT`. */
export class HathoraCloud extends Hatchery {
  constructor(options: HathoraCloudOptions = {}) {
    super(withServerUrl('HathoraCloud', options))
  }
}
