/** `hatchery version`. */
import type { Context } from '../context.ts'
import { version } from '../version.ts'

export const showVersion = async ({ out }: Context): Promise<void> => out.text(version)
