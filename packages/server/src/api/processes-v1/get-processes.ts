import { processV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getProcess } from '../find.ts'
import { latestRecords } from '../processes-v3/latest-page.ts'
import { recordV1, recordWithRooms } from './process-record.ts'

export const getRunningProcesses: Handler<'GetRunningProcesses'> = async (
  { params, query },
  context,
) => {
  const filters = { status: ['running', 'draining'], region: regionsIn(query) } as const
  const records = await latestRecords(context, params.appId, filters)
  return await Promise.all(records.map((process) => recordWithRooms(context.services, process)))
}

export const getStoppedProcesses: Handler<'GetStoppedProcesses'> = async (
  { params, query },
  context,
) => {
  const filters = { status: ['stopped', 'failed'], region: regionsIn(query) } as const
  const records = await latestRecords(context, params.appId, filters)
  return await Promise.all(records.map((process) => recordV1(context.services, process)))
}

const regionsIn = ({ region }: { region?: string }): readonly string[] =>
  region === undefined ? [] : [region]

export const getProcessV1: Handler<'GetProcessInfoDeprecated'> = async ({ params }, context) =>
  await recordV1(
    context.services,
    processV3(await getProcess(context, params.appId, params.processId)),
  )
