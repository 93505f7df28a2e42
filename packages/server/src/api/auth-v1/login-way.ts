import { type AuthConfiguration, HatcheryError } from '@hatchery/contract'
import type { Application } from '../../domain/application.ts'
import type { Services } from '../context.ts'
import { getOpenApplication } from '../find.ts'

type Way = keyof AuthConfiguration

/** The application, and its settings for this way to log in. Throws `not-found` where it does not allow it. */
export async function getLoginWay<W extends Way>(
  services: Services,
  appId: string,
  way: W,
): Promise<{ application: Application; settings: NonNullable<AuthConfiguration[W]> }> {
  const application = await getOpenApplication({ services }, appId)
  const settings = application.authConfiguration[way]
  if (settings !== undefined) return { application, settings }
  throw new HatcheryError(
    'not-found',
    `application ${application.appName} has no ${way} login: add "${way}" to its authConfiguration, as "hatchery app update" does`,
  )
}
