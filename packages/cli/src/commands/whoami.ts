/** `hatchery whoami`: who the token speaks for. */
import type { Context } from '../context.ts'
import { scopesText } from './token.ts'

export async function whoami({ client, connection, out }: Context): Promise<void> {
  const view = await (await client()).hatchery.whoAmI()
  out.value(view, {
    id: view.orgTokenId ?? view.processId ?? view.orgId,
    rows: [
      ['token', view.name],
      ['id', view.orgTokenId ?? view.processId],
      ['person', view.userEmail],
      ['organization', view.orgId],
      ['called', view.orgName],
      ['scopes', scopesText(view.scopes)],
      ['server', `${connection().url}   from ${connection().source.name}`],
    ],
  })
}
