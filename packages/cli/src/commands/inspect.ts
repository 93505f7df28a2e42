/** `hatchery inspect ID` and `hatchery process get ID`: all that is known of one process. */
import type { ProcessView } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { findProcess } from '../find-process.ts'
import type { Cell } from '../output/columns.ts'
import { addressOf } from '../process-columns.ts'

export async function inspect(
  context: Context,
  { words, flags }: Input<{ latest: boolean; failed: boolean }>,
): Promise<void> {
  const { processId, appId } = await findProcess(context, { words, ...flags })
  const view = await (await context.client()).hatchery.getProcessView(processId, appId)
  context.out.value(view, { id: processId, rows: rowsOf(view) })
}

function rowsOf(view: ProcessView): (readonly [string, Cell])[] {
  const { createdAt, startedAt } = view
  const connectable = startedAt && `${+startedAt - +createdAt} ms`
  return [
    ['process', view.processId],
    ['status', view.status],
    ['reason', view.summaryExitReason],
    ['exit code', view.exitCode],
    ['wanted', view.wanted],
    ['address', addressOf(view)],
    ...view.additionalExposedPorts.map(({ name, host, port, transportType }): [string, string] => [
      `address ${name}`,
      `${host}:${port} ${transportType}`,
    ]),
    ['rooms', `${view.roomsAllocated}/${view.roomsPerProcess}`],
    ['region', view.region],
    ['node', view.nodeId],
    ['fleet', view.fleetId],
    ['application', view.appId],
    ['deployment', view.deploymentId],
    ['created', view.createdAt],
    ['scheduled', view.scheduledAt],
    ['booted', view.bootedAt],
    ['started', startedAt],
    ['connectable after', connectable],
    ['stopping', view.stoppingAt],
    ['ended', view.terminatedAt],
    ['players counted by', view.activityMeasure],
    ['limits', view.limits],
  ]
}
