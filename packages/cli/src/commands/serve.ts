/** `hatchery serve`: the plain server. */
import { serve as serveUntilSignal } from '@hatchery/server'
import type { Environment } from '../settings.ts'
import { version } from '../version.ts'

export { settingsHelp } from '@hatchery/server'

export const serve = ({
  argv,
  env,
}: {
  argv: readonly string[]
  env: Environment
}): Promise<void> => serveUntilSignal({ argv, env, version })
