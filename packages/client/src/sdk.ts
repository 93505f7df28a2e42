/** The client and its groups, at the place of the official client. */
export type * from './generated/groups.ts'
export { HathoraCloud } from './hathora-cloud.ts'
