import type { Handler } from '../context.ts'
import { processQuery } from './process-query.ts'

export const getProcessesCount: Handler<'GetProcessesCountExperimental'> = async (
  { params, query },
  context,
) => ({
  count: await context.services.store.countProcesses(
    await processQuery(context, params.appId, query),
  ),
})
