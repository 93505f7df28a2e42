/** A whole server whose processes are fake: `driver` and `builder` let a test decide what happens to them. */
import { systemClock } from '../../src/domain/clock.ts'
import { type FakeBuilder, createFakeBuilder } from './fake-builder.ts'
import {
  type FakeDriver,
  type TestHatchery,
  createFakeDriver,
  createFakePlace,
  startHatchery,
} from './start-hatchery.ts'

export interface FakeHatchery extends Omit<TestHatchery, 'restart'> {
  /** The driver of the server that runs now. */
  readonly driver: FakeDriver
  readonly builder: FakeBuilder
  /** Ends this server and starts another on the same folder; what ran goes on running. */
  restart(): Promise<FakeHatchery>
}

/** Flags are those of `hatchery serve`. */
export async function startWithFakes(...flags: string[]): Promise<FakeHatchery> {
  const place = createFakePlace()
  const builder = createFakeBuilder()
  let driver = newDriver()

  function newDriver() {
    return { ...createFakeDriver({ clock: systemClock, place }), builder }
  }

  const withFakes = (hatchery: TestHatchery): FakeHatchery => ({
    ...hatchery,
    ...{ driver, builder },
    restart: async () => withFakes(await hatchery.restart()),
  })
  return withFakes(await startHatchery({ flags, driver: () => (driver = newDriver()) }))
}
