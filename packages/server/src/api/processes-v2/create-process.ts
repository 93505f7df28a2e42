import { processV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { makeProcess } from '../new-process.ts'
import { recordV2 } from './process-record.ts'

export const createProcessV2: Handler<'CreateProcessV2Deprecated'> = async ({ params }, context) =>
  await recordV2(context.services, processV3(await makeProcess(context, params)))
