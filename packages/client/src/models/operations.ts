/** Types of the arguments of operations, at the place of the official client. */
export type * from '../generated/types.ts'
export type { PlayerSecurity as CreateLobbySecurity } from '../options.ts'
