import type { NodeV1 } from '@hatchery/contract'
import { type Instant, timestamp } from '../../domain/clock.ts'
import type { Node } from '../../domain/region.ts'
import type { NodeLoad } from '../../domain/store.ts'

/**
 * A machine as the published API shows it, as one of `region`. `metal`: it is one fleet's own; `shared`: all fleets have
 * their processes there.
 */
export const nodeV1 = (
  { nodeId, publicHost, size, fleet }: Node,
  { region, load, now }: { region: string; load: NodeLoad | undefined; now: Instant },
): NodeV1 => ({
  ...{ nodeId, host: publicHost, region },
  hosting: fleet === null ? 'shared' : 'metal',
  status: load?.isDraining ? 'draining' : 'running',
  ...{ cpu: size.cpu, memoryMb: size.memoryMb, gpu: null },
  startedAt: timestamp(load?.knownAt ?? now),
  stoppedAt: null,
})
