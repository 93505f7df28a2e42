import { timestamp } from '../../domain/clock.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'

export const getAllocations: Handler<'GetAllocations'> = async ({ params }, context) => {
  const application = await getApplication(context, params.appId)
  const states = await context.services.engine.allocationsOf(application)
  return states.map(({ retryAt, ...state }) => ({
    ...state,
    retryAt: retryAt === null ? null : timestamp(retryAt),
  }))
}
