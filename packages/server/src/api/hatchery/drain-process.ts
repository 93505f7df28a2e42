import { draining } from '../../domain/process.ts'
import type { Handler } from '../context.ts'
import { getProcess } from '../find.ts'

/** Writes down that it shall take no new rooms; the engine ends it when it is empty. Asking again is the same 204. */
export const drainProcess: Handler<'DrainProcess'> = async ({ params }, context) => {
  const { store, engine, clock, log } = context.services
  const { processId, appId, wanted } = await getProcess(context, params.appId, params.processId)
  const at = clock.now()
  await store.changeProcess(processId, (process) => draining(process, { kind: 'drained' }, at))
  engine.nudge(processId)
  if (wanted.kind === 'run') log.info({ event: 'process.draining', processId, appId }, 'draining')
}
