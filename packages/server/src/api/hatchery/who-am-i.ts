import type { Handler } from '../context.ts'

export const whoAmI: Handler<'WhoAmI'> = async (_input, { services, auth }) => {
  const { orgId, orgTokenId, tokenName, scopes, processId, userEmail } = auth
  const organization = await services.store.findOrganization(orgId)
  return {
    ...{ orgId, orgName: organization?.name ?? orgId, processId, userEmail },
    orgTokenId: processId === null ? orgTokenId : null,
    name: tokenName,
    scopes: scopes === 'admin' ? scopes : [...scopes],
  }
}
