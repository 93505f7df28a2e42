import type { Handler } from '../context.ts'

export const whoAmI: Handler<'WhoAmI'> = async (_input, { auth }) => {
  const { orgId, orgTokenId, tokenName, scopes, processId } = auth
  return {
    ...{ orgId, processId },
    orgTokenId: processId === null ? orgTokenId : null,
    name: tokenName,
    scopes: scopes === 'admin' ? scopes : [...scopes],
  }
}
