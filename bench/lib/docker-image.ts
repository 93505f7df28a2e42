/** The smallest game as an image of a row's engine, built by the product's builder. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { createDockerBuilder } from '../../packages/server/src/drivers/docker/builder.ts'
import { createEngineClient } from '../../packages/server/src/drivers/docker/engine-client.ts'
import type { BenchEngine } from './docker-engine.ts'

/** Answers its id without `sha256:`. */
export async function imageOf({ url, build }: BenchEngine): Promise<string> {
  const archive = join(build, '../game.tgz')
  execFileSync('tar', ['-czf', archive, '-C', build, '.'])
  const engine = createEngineClient({ url })
  const builder = createDockerBuilder({
    ...{ engine, installationId: 'bench', network: 'none', builder: 'classic' },
    keeping: { unusedImageMs: 0, mostDiskPercent: 100 },
  })
  const { signal } = new AbortController()
  const { artifact } = await builder.build(archive, () => undefined, signal)
  engine.close()
  return artifact.contentHash
}
