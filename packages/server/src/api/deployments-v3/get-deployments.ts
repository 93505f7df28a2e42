import { HatcheryError } from '@hatchery/contract'
import { deploymentV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'

/** Version 2.25.6 of the official client reads only the first page, so it is a large one. */
const pageSize = 1_000

export const getDeployments: Handler<'GetDeployments'> = async ({ params, query }, context) => {
  const { appId } = await getApplication(context, params.appId)
  const { buildTag, deploymentTag } = query
  const found = await context.services.store.listDeployments({
    ...{ appId, buildTag, deploymentTag },
    beforeSeq: readPageToken(query.nextPageToken),
    limit: pageSize + 1,
  })
  const page = found.slice(0, pageSize)
  const last = page.at(-1)
  return {
    deployments: page.map(deploymentV3),
    ...(found.length > pageSize && last !== undefined && { nextPageToken: String(last.seq) }),
  }
}

function readPageToken(token: string | undefined): number | null {
  if (token === undefined) return null
  if (/^\d{1,15}$/.test(token)) return Number(token)
  throw new HatcheryError('invalid', 'nextPageToken must be what the page before gave')
}
