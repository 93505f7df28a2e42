import { measuresUsage } from '../../domain/driver.ts'
import { processV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getProcess } from '../find.ts'

/** The API's record and what only we know of it. */
export const getProcessView: Handler<'GetProcessView'> = async ({ params }, context) => {
  const process = await getProcess(context, params.appId, params.processId)
  const driver = context.services.regions.nodeById(process.nodeId)?.driver
  const usage = driver !== undefined && measuresUsage(driver) ? driver.usage : undefined
  return {
    ...processV3(process),
    wanted: process.wanted.kind,
    nodeId: process.nodeId,
    exitCode: process.exitCode,
    activityMeasure: usage?.activityMeasure(process.processId) ?? 'none',
    limits: usage?.limits ?? 'counted',
  }
}
