import { HatcheryError, type Organization, scopes as allScopes } from '@hatchery/contract'
import type { Handler } from '../context.ts'

/** That of the token. What there is no limit of is left out. */
export const getOrgs: Handler<'GetOrgs'> = async (_input, { services, auth }) => {
  const organization = await services.store.findOrganization(auth.orgId)
  if (organization === undefined)
    throw new HatcheryError('not-found', 'the organization of the token is not there any more')
  const { orgId, name, defaultFleetId } = organization
  const { concurrentVcpusLimit, monthlyVcpuHoursLimit } = organization
  const answered: Organization = {
    ...{ orgId, name, stripeCustomerId: '', isSingleTenant: true },
    scopes: auth.scopes === 'admin' ? [...allScopes] : [...auth.scopes],
    maxRequestedMemoryMB: services.maxMemoryMb,
    logRetentionPeriodHours: services.logRetentionHours,
    ...(defaultFleetId !== null && { defaultFleetId }),
    ...(concurrentVcpusLimit !== null && { concurrentProcessVcpusLimit: concurrentVcpusLimit }),
    ...(monthlyVcpuHoursLimit !== null && { monthlyProcessVcpuHoursLimit: monthlyVcpuHoursLimit }),
  }
  return { orgs: [answered] }
}
