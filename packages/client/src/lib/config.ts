/** What a client can be told, at the place and by the name of the official client. */
export type { HathoraCloudOptions as SDKOptions } from '../server-address.ts'
