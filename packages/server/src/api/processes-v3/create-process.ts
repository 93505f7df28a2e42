import { processV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { makeProcess } from '../new-process.ts'

export const createProcess: Handler<'CreateProcess'> = async ({ params }, context) =>
  processV3(await makeProcess(context, params))
