/** Looks at what became of a warm run, and whether it is still what a process would be started as now. */
import { DriverError } from '../../domain/driver.ts'
import type { ProcessSpec } from '../../domain/driver.ts'
import type { Process } from '../../domain/process.ts'
import { type WarmFate, fateOf } from '../../domain/warm-runs.ts'
import { specOf } from '../process-spec.ts'
import type { PreparingOptions } from './preparing.ts'

export function createStanding(
  options: Pick<PreparingOptions, 'store' | 'regions' | 'ownApi'>,
): (process: Process) => Promise<WarmFate> {
  const { store, regions } = options

  /** Undefined where it could not be started any more. */
  async function wantedOf(process: Process): Promise<ProcessSpec | undefined> {
    const node = regions.nodes.find(({ nodeId }) => nodeId === process.nodeId)
    if (node === undefined || (await isDraining(process.nodeId))) return undefined
    try {
      return await specOf(options, process, node)
    } catch (error) {
      if (error instanceof DriverError) return undefined
      throw error
    }
  }

  async function isDraining(nodeId: string): Promise<boolean> {
    const loads = await store.listNodeLoads()
    return loads.some((load) => load.nodeId === nodeId && load.isDraining)
  }

  return async (process) => {
    const node = regions.nodeById(process.nodeId)
    if (node === undefined) return 'spent'
    const seen = await node.driver.observe(process.processId)
    return fateOf(seen, await wantedOf(process))
  }
}
