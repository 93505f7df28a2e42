/** What an engine on another machine says of a container: the kernel's files are not here. */
import type { EngineClient } from './engine-client.ts'
import { EngineError } from './engine-error.ts'

export interface EngineStats {
  readonly cpuSeconds: number
  readonly memoryBytes: number
  /** Null on the network of the host, which the container shares. */
  readonly egressBytes: number | null
}

interface Stats {
  readonly cpu_stats: { readonly cpu_usage: { readonly total_usage: number } }
  readonly memory_stats: {
    readonly usage?: number
    readonly stats?: Readonly<Record<string, number>>
  }
  readonly networks?: Readonly<Record<string, { readonly tx_bytes: number }>>
}

/** One shot: without it the engine takes two measurements, a second apart. Undefined when it is gone. */
export async function engineStats(
  engine: EngineClient,
  containerId: string,
): Promise<EngineStats | undefined> {
  try {
    const stats = await engine.call<Stats>({
      ...{ method: 'GET', path: `/containers/${containerId}/stats` },
      query: { stream: '0', 'one-shot': '1' },
    })
    return statsOf(stats)
  } catch (error) {
    if (error instanceof EngineError) return undefined
    throw error
  }
}

/** Without cached files, which look like a leak and are none. */
export function statsOf({ cpu_stats, memory_stats, networks }: Stats): EngineStats {
  const { usage = 0, stats = {} } = memory_stats
  const cached = stats['total_inactive_file'] ?? stats['inactive_file'] ?? 0
  const sent = Object.values(networks ?? {}).map(({ tx_bytes: bytes }) => bytes)
  return {
    cpuSeconds: cpu_stats.cpu_usage.total_usage / 1e9,
    memoryBytes: Math.max(0, usage - cached),
    egressBytes: networks === undefined ? null : sent.reduce((sum, bytes) => sum + bytes, 0),
  }
}
