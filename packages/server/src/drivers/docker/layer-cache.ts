/** What BuildKit keeps on an engine to be faster the next time. */
import type { EngineClient } from './engine-client.ts'

/**
 * Removes what no build needs at the moment and has not for so long; what others of the engine's users built too, who
 * then only wait longer.
 */
export async function dropCache(
  engine: EngineClient,
  { unusedMs }: { unusedMs: number },
): Promise<void> {
  const until = `${Math.ceil(unusedMs / 1_000)}s`
  const query = { all: '1', ...(unusedMs > 0 && { filters: JSON.stringify({ until: [until] }) }) }
  await engine.call({ method: 'POST', path: '/build/prune', query })
}
