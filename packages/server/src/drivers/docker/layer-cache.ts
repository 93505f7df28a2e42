/** What BuildKit keeps on an engine to be faster the next time. */
import type { EngineClient } from './engine-client.ts'

/** Removes all that no build needs at the moment; what was built by others of the engine's users too, who only wait longer. */
export async function dropCache(engine: EngineClient): Promise<void> {
  await engine.call({ method: 'POST', path: '/build/prune', query: { all: '1' } })
}
