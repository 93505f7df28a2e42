/** What a call can be told, at the place of the official client. */
export type { RequestOptions } from '../options.ts'
