/** What operators do with organizations. */
import { HatcheryError } from '@hatchery/contract'
import { defaultFleet } from '../../domain/fleet.ts'
import { shapeFor } from '../../domain/node-shape.ts'
import {
  type OrgToken,
  type OrganizationChange,
  newOrganization,
} from '../../domain/organization.ts'
import { orgTokenRecord, orgView } from '../../domain/wire.ts'
import { hashToken } from '../auth.ts'
import type { Handler } from '../context.ts'
import { show } from '../explain.ts'
import { newTokenSecret } from '../org-token.ts'

/** The secret is in this answer and nowhere else. Where its fleet is not made any more, the next start makes it. */
export const createOrg: Handler<'CreateOrg'> = async ({ body }, { services, auth }) => {
  const { store, regions, clock, uuid, log } = services
  const secret = newTokenSecret()
  const createdAt = clock.now()
  const org = newOrganization({ orgId: `org-${uuid()}`, name: readName(body.name), createdAt })
  const token: OrgToken = {
    ...{ orgTokenId: `org-token-${uuid()}`, orgId: org.orgId, name: 'admin', scopes: 'admin' },
    ...{ hash: hashToken(secret), lastFour: secret.slice(-4), createdAt },
    ...{ createdBy: auth.by, revokedAt: null },
  }
  await store.insertOrganization(org, token)
  const nodeShape = shapeFor(regions.nodes.map(({ size }) => size))
  await store.insertDefaultFleet(
    defaultFleet({ fleetId: `fleet-${uuid()}`, orgId: org.orgId, nodeShape, createdAt }),
  )
  log.info({ event: 'org.created', orgId: org.orgId, by: auth.by }, 'organization created')
  return { org: orgView(org), orgToken: orgTokenRecord(token), plainTextToken: secret }
}

export const getAllOrgs: Handler<'GetAllOrgs'> = async (_input, { services }) => {
  const organizations = await services.store.listOrganizations()
  return { orgs: organizations.map(orgView) }
}

/** Null lifts a limit; what is left out stays. */
export const changeOrg: Handler<'ChangeOrg'> = async ({ params, body }, { services, auth }) => {
  const { orgId } = params
  const { name, concurrentProcessVcpusLimit, monthlyProcessVcpuHoursLimit } = body
  if ((await services.store.findOrganization(orgId)) === undefined)
    throw new HatcheryError(
      'not-found',
      `there is no organization ${show(orgId)}; GET /hatchery/v1/orgs lists all`,
    )
  const change: OrganizationChange = {
    ...(name !== undefined && { name: readName(name) }),
    ...(concurrentProcessVcpusLimit !== undefined && {
      concurrentVcpusLimit: concurrentProcessVcpusLimit,
    }),
    ...(monthlyProcessVcpuHoursLimit !== undefined && {
      monthlyVcpuHoursLimit: monthlyProcessVcpuHoursLimit,
    }),
  }
  const changed = await services.store.changeOrganization(orgId, change)
  services.log.info({ event: 'org.changed', orgId, by: auth.by }, 'organization changed')
  return orgView(changed)
}

/** It stands in subjects of mails and on pages. */
function readName(given: string): string {
  const name = given.trim()
  if (name !== '' && !/\p{C}/u.test(name)) return name
  throw new HatcheryError(
    'invalid',
    `name must be 1 to 100 characters, with none that cannot be seen; got ${show(given)}`,
  )
}
