/** Where machines have no room for what a static allocation keeps, and whether old processes are worth giving up for it. */
import type { Instant } from '../domain/clock.ts'
import type { Deployment } from '../domain/deployment.ts'
import type { Process } from '../domain/process.ts'
import type { Node } from '../domain/region.ts'

export interface Shortage {
  readonly deploymentId: string
  readonly reason: string
  /** When it is tried again. */
  readonly until: Instant
  /** What old processes gave up for it so far. */
  readonly freed: { readonly cpu: number; readonly memoryMb: number }
}

export interface Shortages {
  of(key: string): Shortage | null
  /** Nothing could be started. */
  noted(key: string, given: Pick<Shortage, 'deploymentId' | 'reason' | 'until'>): void
  /** Old processes gave up their place. */
  freed(key: string, processes: readonly Process[]): void
  /** Something could be started, or nothing has to be. */
  ended(key: string): void
  /**
   * Whether an old process should go for a new one: where a machine could hold one at all, and while less was given up
   * than it needs. More would be no use: something else took the place.
   */
  isWorthMakingRoom(key: string, deployment: Deployment, nodes: readonly Node[]): boolean
}

const nothing = { cpu: 0, memoryMb: 0 }

export function createShortages(): Shortages {
  const known = new Map<string, Shortage>()
  return {
    of: (key) => known.get(key) ?? null,
    noted(key, given) {
      const before = known.get(key)
      const isSame = before?.deploymentId === given.deploymentId
      known.set(key, { ...given, freed: isSame ? before.freed : nothing })
    },
    freed(key, processes) {
      const shortage = known.get(key)
      if (shortage === undefined) return
      let { cpu, memoryMb } = shortage.freed
      for (const process of processes) {
        cpu += process.cpu
        memoryMb += process.memoryMb
      }
      known.set(key, { ...shortage, freed: { cpu, memoryMb } })
    },
    ended: (key) => void known.delete(key),
    isWorthMakingRoom(key, { requestedCPU, requestedMemoryMB }, nodes) {
      const fits = ({ capacity }: Node): boolean =>
        requestedCPU <= (capacity.cpu ?? Infinity) &&
        requestedMemoryMB <= (capacity.memoryMb ?? Infinity)
      const { cpu, memoryMb } = known.get(key)?.freed ?? nothing
      return nodes.some(fits) && (cpu < requestedCPU || memoryMb < requestedMemoryMB)
    },
  }
}
