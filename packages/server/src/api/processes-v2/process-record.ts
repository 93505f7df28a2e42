import type { ProcessV2, ProcessV3 } from '@hatchery/contract'
import { processV2 } from '../../domain/deprecated-wire.ts'
import type { Services } from '../context.ts'
import { deploymentNumberOf } from '../find-deployment.ts'

export const recordV2 = async (services: Services, process: ProcessV3): Promise<ProcessV2> =>
  processV2(process, await deploymentNumberOf(services, process))
