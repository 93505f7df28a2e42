/** Row 6: from the request to the recorded `startedAt` of a container with a network and a published port of its own. */
import { dockerLives } from '../lib/docker-contenders.ts'
import type { Row } from '../lib/row.ts'

export const dockerPublished: Row = {
  number: 6,
  title: 'create to startedAt, Docker, published port',
  async run(context) {
    const { floor, hatchery } = await dockerLives(context, 'bridge')
    return [
      {
        ...{ operation: 'create → startedAt, published port, p50', held: 'ratio' },
        ...{ floor: floor.of('p50', 'ms'), hatchery: hatchery.of('p50', 'ms') },
        goal: { atMost: 1.08 },
      },
      {
        ...{ operation: 'create → startedAt, published port, p90', held: 'ratio' },
        ...{ floor: floor.of('p90', 'ms'), hatchery: hatchery.of('p90', 'ms') },
        goal: { atMost: 1.15 },
      },
      {
        ...{ operation: 'whole lives in a second, published, 8 at once', held: 'ratio' },
        ...{ floor: floor.of('rate', '/s'), hatchery: hatchery.of('rate', '/s') },
        goal: { atLeast: 0.92 },
      },
    ]
  },
}
