/** An application: one game in one environment. */
import type { AuthConfiguration, ServiceConfig } from '@hatchery/contract'
import type { Instant } from './clock.ts'

export interface Application {
  readonly appId: string
  readonly orgId: string
  /** `^[a-z0-9-]{1,64}$`, unique among the living applications of the organization. */
  readonly appName: string
  readonly appSecret: string
  readonly authConfiguration: AuthConfiguration
  readonly serviceConfig: ServiceConfig | null
  readonly createdAt: Instant
  readonly createdBy: string
  readonly deletedAt: Instant | null
  readonly deletedBy: string | null
}

/** The fields a caller may change. */
export type ApplicationChange = Partial<
  Pick<Application, 'appName' | 'authConfiguration' | 'serviceConfig'>
>
