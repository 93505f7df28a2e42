/** Rows 5 and 12: from the request to the recorded `startedAt` of a container on the host's network, and to its end. */
import { dockerLives } from '../lib/docker-contenders.ts'
import type { Row } from '../lib/row.ts'

export const dockerStart: Row = {
  number: 5,
  title: 'create to startedAt and stop, Docker, host network',
  async run(context) {
    const { floor, hatchery } = await dockerLives(context, 'host')
    return [
      {
        ...{ operation: 'create → startedAt, Docker on host, p50', held: 'ratio' },
        ...{ floor: floor.of('p50', 'ms'), hatchery: hatchery.of('p50', 'ms') },
        goal: { atMost: 1.08 },
      },
      {
        ...{ operation: 'create → startedAt, Docker on host, p90', held: 'ratio' },
        ...{ floor: floor.of('p90', 'ms'), hatchery: hatchery.of('p90', 'ms') },
        goal: { atMost: 1.15 },
      },
      {
        ...{ operation: 'whole lives in a second, 8 at once', held: 'ratio' },
        ...{ floor: floor.of('rate', '/s'), hatchery: hatchery.of('rate', '/s') },
        goal: { atLeast: 0.92 },
      },
      {
        ...{ operation: 'stop → recorded end, Docker (row 12)', held: 'ratio' },
        ...{ floor: floor.of('stop', 'ms'), hatchery: hatchery.of('stop', 'ms') },
        goal: { atMost: 1.1 },
      },
    ]
  },
}
