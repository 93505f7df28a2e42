/** The TypeScript SDK of Hatchery. */
export * from './errors.ts'
export type {
  ChangeOf,
  EventRecords,
  FollowEventsOptions,
  HatcheryEvent,
  PersonChange,
  Reset,
} from './events.ts'
export type { FollowLogOptions } from './follow-log.ts'
export type { FormFile } from './form.ts'
export { HathoraCloud, type HathoraCloudOptions } from './hathora-cloud.ts'
export { HTTPClient } from './http-client.ts'
export type { BackoffStrategy, RetryConfig } from './retries.ts'
export type * from './generated/types.ts'
export { Hatchery, type RawRequestOptions } from './hatchery.ts'
export type { LatestProcessesOptions } from './latest-processes.ts'
export type { HatcheryOptions, PlayerSecurity, RequestOptions } from './options.ts'
export type { WaitUntilRunningOptions } from './wait-until-running.ts'
export type { ProcessChange, WatchProcessesOptions } from './watch-processes.ts'
