/** How calls are made again, at the place of the official client. */
export type { BackoffStrategy, RetryConfig } from '../retries.ts'
