import { stopping } from '../../domain/process.ts'
import type { Handler } from '../context.ts'

/** Nothing is started from now on, so that what is kept running does not come back; then everything is asked to end. */
export const stopGames: Handler<'StopGames'> = async (_input, { services }) => {
  const { store, engine, clock, log } = services
  await engine.startNothing()
  const processes = await store.listByStatus(['starting', 'running', 'draining'])
  log.info({ event: 'games.stopping', processes: processes.length }, 'stopping all games')
  const at = clock.now()
  for (const { processId } of processes) {
    await store.changeProcess(processId, (current) => stopping(current, { kind: 'requested' }, at))
    engine.nudge(processId)
  }
}
