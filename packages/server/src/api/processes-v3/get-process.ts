import { processV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getProcess } from '../find.ts'

export const getProcessRecord: Handler<'GetProcess'> = async ({ params }, context) =>
  processV3(await getProcess(context, params.appId, params.processId))
