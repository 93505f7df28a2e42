import { HatcheryError } from '@hatchery/contract'
import { placesFor } from '../../domain/placement.ts'
import { processV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertRegion, getApplication, getLatestDeployment } from '../find.ts'
import { processRequest } from '../new-process.ts'

/** A process of the newest deployment, accepted and durable; the engine starts it after the answer. */
export const createProcess: Handler<'CreateProcess'> = async ({ params }, context) => {
  const { store, engine, log, regions } = context.services
  const application = await getApplication(context, params.appId)
  assertRegion(context, params.region)
  const idempotencyKey = readKey(context.header('idempotency-key'))
  const deployment = await getLatestDeployment(context, application)
  const request = await processRequest(context.services, application, deployment)
  const process = await store.placeProcess(
    { ...request, idempotencyKey },
    placesFor(regions, params.region, application.serviceConfig),
  )
  if (process.processId === request.processId) {
    engine.nudge(process.processId)
    const { processId, appId, region } = process
    log.info({ event: 'process.starting', processId, appId, region }, 'starting')
  }
  return processV3(process)
}

/** Of our own, beside the published API: the same key within a day answers the same process. */
function readKey(text: string | undefined): string | null {
  if (text === undefined) return null
  if (/^[\x21-\x7e]{1,100}$/.test(text)) return text
  throw new HatcheryError(
    'invalid',
    'the header idempotency-key must be 1 to 100 characters of printable ASCII without spaces',
  )
}
