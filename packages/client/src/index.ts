/** The TypeScript SDK of Hatchery. */
export * from './errors.ts'
export type * from './generated/types.ts'
export { Hatchery, type RawRequestOptions } from './hatchery.ts'
export type { HatcheryOptions, RequestOptions } from './options.ts'
