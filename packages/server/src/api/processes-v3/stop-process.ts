import { stopping } from '../../domain/process.ts'
import type { Handler } from '../context.ts'
import { getProcess } from '../find.ts'

/** Writes down that it shall end and answers; the engine ends it. Asking again, or for a final one, is the same 204. */
export const stopProcess: Handler<'StopProcess'> = async ({ params }, context) => {
  const { store, engine, clock, log } = context.services
  const { processId, appId, wanted } = await getProcess(context, params.appId, params.processId)
  const at = clock.now()
  await store.changeProcess(processId, (process) => stopping(process, { kind: 'requested' }, at))
  engine.nudge(processId)
  if (wanted.kind !== 'stop') log.info({ event: 'process.stopping', processId, appId }, 'stopping')
}
