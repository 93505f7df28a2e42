/** `hatchery process create`. */
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { addressOf } from '../process-columns.ts'
import { chooseRegion } from '../region-choice.ts'

export async function createProcess(
  context: Context,
  { flags }: Input<{ region: string | undefined }>,
): Promise<void> {
  const { out } = context
  const appId = await context.appId()
  const client = await context.client()
  const region = await chooseRegion(context, flags.region)
  const process = await client.processesV3.createProcess(region, appId)
  out.value(process, {
    id: process.processId,
    rows: [
      ['process', process.processId],
      ['status', process.status],
      ['region', process.region],
      ['address', addressOf(process)],
      ['deployment', process.deploymentId],
    ],
  })
  out.say(`it is reachable once it is running: hatchery inspect ${process.processId.slice(0, 8)}`)
}
