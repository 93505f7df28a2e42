import { processV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getProcess } from '../find.ts'
import { latestRecords } from '../processes-v3/latest-page.ts'
import { recordV2 } from './process-record.ts'

export const getLatestProcessesV2: Handler<'GetLatestProcessesV2Deprecated'> = async (
  { params, query },
  context,
) => {
  const records = await latestRecords(context, params.appId, query)
  return await Promise.all(records.map((process) => recordV2(context.services, process)))
}

export const getProcessV2: Handler<'GetProcessInfoV2Deprecated'> = async ({ params }, context) =>
  await recordV2(
    context.services,
    processV3(await getProcess(context, params.appId, params.processId)),
  )
