/**
 * The groups of operations one by one, for programs that bundle no more than they call:
 * `new ProcessesV3(createSender({ serverURL, appId }))`.
 */
export * from './generated/groups.ts'
export type { HatcheryOptions, RequestOptions } from './options.ts'
export { type Sender, createSender } from './sender.ts'
