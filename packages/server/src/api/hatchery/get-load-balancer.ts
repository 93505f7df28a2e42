import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'

export const getLoadBalancer: Handler<'GetLoadBalancer'> = async ({ params }, context) => {
  const { appId } = await getApplication(context, params.appId)
  const { urls, ...state } = context.services.balancer.stateOf(appId)
  return { ...state, urls: [...urls] }
}
