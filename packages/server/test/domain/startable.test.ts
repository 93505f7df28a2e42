/** Which machines can start a build, and what is said where none can. */
import { expect, test } from 'vitest'
import { type Build, artifactFor } from '../../src/domain/build.ts'
import { systemClock } from '../../src/domain/clock.ts'
import type { Artifact, Driver } from '../../src/domain/driver.ts'
import { placesFor } from '../../src/domain/placement.ts'
import { type Node, regionsOf } from '../../src/domain/region.ts'
import { problemAnywhere, problemInRegion } from '../../src/domain/startable.ts'
import { createFakeDriver } from '../../src/drivers/fake/index.ts'
import { aBuild } from '../conformance/stores/records.ts'

const folders = createFakeDriver({ clock: systemClock })
const images: Driver = {
  ...createFakeDriver({ clock: systemClock }),
  startsFrom: 'Dockerfile',
  canStart: (artifact) => artifact.kind === 'image' && artifact.engine === 'here',
}

const node = (nodeId: string, driver: Driver): Node => ({
  ...{ nodeId, driver, publicHost: '127.0.0.1', ports: { from: 1, to: 2 } },
  capacity: { cpu: null, memoryMb: null },
  ...{ size: { cpu: 1, memoryMb: 1 }, fleet: null },
})
const region = (name: string, nodeIds: string[], spillover: string[] = []) => ({
  ...{ region: name, nodeIds, spillover },
})
const regions = regionsOf(
  [node('machine', folders), node('engine', images)],
  [
    region('Machine', ['machine'], ['Engine']),
    region('Engine', ['engine']),
    region('Both', ['machine', 'engine']),
  ],
)

const folder: Artifact = { kind: 'folder', contentHash: 'a'.repeat(64), command: './server' }
const image: Artifact = { kind: 'image', contentHash: 'b'.repeat(64), engine: 'here' }
const build = (...artifacts: Artifact[]): Build => ({ ...aBuild({ artifacts }), number: 1 })

const offersOf = (made: Build, name: string) =>
  placesFor(regions, name, { build: made, serviceConfig: null, fleet: null }).map((place) =>
    place.offers.map(({ nodeId }) => nodeId),
  )

test('only machines that can start a build are offered, in regions it spills over to as well', () => {
  expect(offersOf(build(folder), 'Both')).toEqual([['machine']])
  expect(offersOf(build(image), 'Both')).toEqual([['engine']])
  expect(offersOf(build(folder, image), 'Both')).toEqual([['machine', 'engine']])
  expect(offersOf(build(folder), 'Machine')).toEqual([['machine'], []])
})

test('a region without such a machine says what the archive lacks', () => {
  expect(problemInRegion(build(folder), regions, 'Machine')).toBeUndefined()
  expect(problemInRegion(build(folder), regions, 'Engine')).toBe(
    'build bld-1 cannot run in region Engine, which needs a Dockerfile at the root of the archive: ' +
      'add it and create another build',
  )
  expect(problemInRegion(build(image), regions, 'Machine')).toContain('needs a Procfile at')
})

test('an image of another engine is none here', () => {
  const elsewhere = build({ ...image, engine: 'elsewhere' })
  expect(problemInRegion(elsewhere, regions, 'Engine')).toContain('in region Engine')
  expect(problemAnywhere(elsewhere, regions)).toContain('a Procfile or a Dockerfile')
  expect(problemAnywhere(build(folder), regions)).toBeUndefined()
})

test('a machine that takes images over from others starts its own where it has one', () => {
  const there: Artifact = { ...image, contentHash: 'c'.repeat(64), engine: 'there' }
  const fetching = { ...images, canFetch: (artifact: Artifact) => artifact === there }
  expect(artifactFor(build(there), images)).toBeUndefined()
  expect(artifactFor(build(there), fetching)).toBe(there)
  expect(artifactFor(build(there, image), fetching)).toBe(image)
})
