/** What standalone functions are called with, at the place of the official client. */
import { type Sender, createSender } from './sender.ts'
import { type HathoraCloudOptions, withServerUrl } from './server-address.ts'

/** A client without methods: what is bundled of the API is what functions of `funcs/` are imported. */
export class HathoraCloudCore {
  readonly sender: Sender

  /** Options as those of `HathoraCloud`. */
  constructor(options: HathoraCloudOptions = {}) {
    this.sender = createSender(withServerUrl('HathoraCloudCore', options))
  }
}
