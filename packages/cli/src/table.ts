/** All commands, in the order in which they are listed. */
import type { AnyCommand } from './command.ts'
import { everyDay } from './table/every-day.ts'
import { oneself } from './table/oneself.ts'
import { serverCommands } from './table/server.ts'
import { shipping } from './table/shipping.ts'
import { things } from './table/things.ts'
import { usageCommands } from './table/usage.ts'

export const table: readonly AnyCommand[] = [
  ...everyDay,
  ...shipping,
  ...things,
  ...serverCommands,
  ...usageCommands,
  ...oneself,
]
