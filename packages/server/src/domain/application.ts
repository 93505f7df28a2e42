/** An application: one game in one environment. */
import type { AuthConfiguration, ServiceConfig } from '@hatchery/contract'
import type { Instant } from './clock.ts'

export interface Application {
  readonly appId: string
  readonly orgId: string
  /** `^[a-z0-9-]{1,64}$`, unique among the living applications of the organization. */
  readonly appName: string
  readonly appSecret: string
  /** What it replaced; absent while it was never replaced. */
  readonly previousSecret?: { readonly secret: string; readonly replacedAt: Instant }
  readonly authConfiguration: AuthConfiguration
  readonly serviceConfig: ServiceConfig | null
  readonly createdAt: Instant
  readonly createdBy: string
  readonly deletedAt: Instant | null
  readonly deletedBy: string | null
}

/** The fields a caller may change. */
export type ApplicationChange = Partial<
  Pick<
    Application,
    'appName' | 'appSecret' | 'previousSecret' | 'authConfiguration' | 'serviceConfig'
  >
>

const previousSecretMs = 86_400_000

/** Those that may have signed a player's token: the secret, and for a day the one before. */
export function goodSecrets({ appSecret, previousSecret }: Application, now: Instant): string[] {
  const isPreviousGood =
    previousSecret !== undefined && now < previousSecret.replacedAt + previousSecretMs
  return isPreviousGood ? [appSecret, previousSecret.secret] : [appSecret]
}
