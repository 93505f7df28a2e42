import { HatcheryError } from '@hatchery/contract'
import { isFinal } from '../../domain/process.ts'
import type { Handler } from '../context.ts'
import { getProcess } from '../find.ts'
import { logGone } from './get-logs-for-process.ts'

/** The whole log of a process that ended. */
export const downloadLogForProcess: Handler<'DownloadLogForProcess'> = async (
  { params },
  context,
) => {
  const process = await getProcess(context, params.appId, params.processId)
  const { processId, status, appId } = process
  if (!isFinal(status)) {
    throw new HatcheryError(
      'not-now',
      `the process is ${status}: its log can be downloaded once it ended; GET /logs/v1/${appId}/process/${processId} shows it now`,
    )
  }
  const { logs } = context.services
  if ((await logs.size(processId)) === undefined) throw logGone(process)
  return logs.read(processId)
}
