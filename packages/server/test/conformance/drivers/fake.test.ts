import type { ProcessSpec } from '../../../src/domain/driver.ts'
import { systemClock } from '../../../src/domain/clock.ts'
import { createFakeDriver, createFakePlace } from '../../../src/drivers/fake/index.ts'
import { aSpec } from '../../drivers/support/a-spec.ts'
import { type DriverPlace, type GameWish, describeDriver } from './driver-conformance.ts'

describeDriver('the fake driver', async (): Promise<DriverPlace> => {
  const place = createFakePlace()
  let driver = createFakeDriver({ clock: systemClock, place })
  const startedBefore = new Map<string, number>()
  return {
    driver: () => driver,
    restart: async (between) => {
      await driver.close()
      await between?.()
      driver = createFakeDriver({ clock: systemClock, place })
      return driver
    },
    stranger: () => undefined,
    spec: async (wish = {}) => {
      const spec = aSpec({ port: 20_000, env: environmentOf(wish), ...identityOf(wish) })
      startedBefore.set(spec.processId, place.started)
      return spec
    },
    endOutside: async (spec: ProcessSpec, code) =>
      driver.exit(spec.processId, { kind: 'code', code }),
    killOutside: async (spec) => driver.exit(spec.processId, { kind: 'signal', signal: 'SIGKILL' }),
    timesStarted: async (spec) => place.started - (startedBefore.get(spec.processId) ?? 0),
    leftBehind: async (spec) => (place.runs.has(spec.processId) ? ['a run'] : []),
    close: () => driver.close(),
  }
})

const identityOf = ({ transport, processId, installationId }: GameWish) => ({
  ...(transport !== undefined && { transport }),
  ...(processId !== undefined && { processId }),
  ...(installationId !== undefined && { installationId }),
})

const environmentOf = (wish: GameWish): Record<string, string> => ({
  ...(wish.exitCode !== undefined && { FAKE_EXIT_CODE: String(wish.exitCode) }),
  ...(wish.exitsBySignal !== undefined && { FAKE_EXIT_SIGNAL: wish.exitsBySignal }),
  ...(wish.ignoresTerminate === true && { FAKE_TERMINATE: 'ignored' }),
  ...(wish.binds === 'nothing' && { FAKE_START: 'never-binds' }),
  ...(wish.binds === 'another port' && { FAKE_BINDS: '7777/udp' }),
})
