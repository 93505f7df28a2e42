import { HatcheryError } from '@hatchery/contract'
import { deploymentV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'
import { mostDeployments } from '../find-deployment.ts'

export const getDeployments: Handler<'GetDeployments'> = async ({ params, query }, context) => {
  const { appId } = await getApplication(context, params.appId)
  const { buildTag, deploymentTag } = query
  const found = await context.services.store.listDeployments({
    ...{ appId, buildTag, deploymentTag },
    beforeSeq: readPageToken(query.nextPageToken),
    limit: mostDeployments + 1,
  })
  const page = found.slice(0, mostDeployments)
  const last = page.at(-1)
  return {
    deployments: page.map(deploymentV3),
    ...(found.length > mostDeployments &&
      last !== undefined && { nextPageToken: String(last.seq) }),
  }
}

function readPageToken(token: string | undefined): number | null {
  if (token === undefined) return null
  if (/^\d{1,15}$/.test(token)) return Number(token)
  throw new HatcheryError('invalid', 'nextPageToken must be what the page before gave')
}
