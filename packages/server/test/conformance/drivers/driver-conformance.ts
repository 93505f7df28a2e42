/** What every driver must do, whatever is behind it. A new driver passes this suite before it is wired. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Driver,
  DriverError,
  type Observation,
  type Preparer,
  type ProcessSpec,
  canPrepare,
} from '../../../src/domain/driver.ts'
import { until } from '../../drivers/support/until.ts'

/** What a test process shall do; each driver's place has its own way to make one. */
export interface GameWish {
  readonly exitCode?: number
  readonly exitsBySignal?: 'SIGSEGV'
  readonly ignoresTerminate?: boolean
  /** Never binds anything, or another port than its own. */
  readonly binds?: 'nothing' | 'another port'
  readonly transport?: 'tcp' | 'udp'
  readonly processId?: string
  readonly installationId?: string
}

export interface DriverPlace {
  driver(): Driver
  /** Ends the driver and makes another one over the same place; `between` runs while there is none. */
  restart(between?: () => Promise<void>): Promise<Driver>
  /** A driver of another installation over the same place; undefined where places are never shared. */
  stranger(): Promise<Driver> | undefined
  spec(wish?: GameWish): Promise<ProcessSpec>
  /** Ends the program as something outside would, without the driver. */
  endOutside(spec: ProcessSpec, code: number): Promise<void>
  /** Kills it as something outside would, be it paused or not. Only where runs are prepared. */
  killOutside?(spec: ProcessSpec): Promise<void>
  /** How many programs ever ran with this id. */
  timesStarted(spec: ProcessSpec): Promise<number>
  /** Traces of this process on the machine, in words; empty when none is left. */
  leftBehind(spec: ProcessSpec): Promise<string[]>
  close(): Promise<void>
}

export function describeDriver(name: string, setUp: () => Promise<DriverPlace>): void {
  describe(`${name}`, () => {
    let place: DriverPlace
    beforeAll(async () => {
      place = await setUp()
    })
    afterAll(async () => {
      await place.close()
    })

    const start = async (wish?: GameWish): Promise<ProcessSpec> => {
      const spec = await place.spec(wish)
      await place.driver().start(spec, new AbortController().signal)
      return spec
    }
    const seen = (spec: ProcessSpec): Promise<Observation> => place.driver().observe(spec.processId)
    const running = (spec: ProcessSpec) =>
      until('running', async () => {
        const now = await seen(spec)
        return now.state === 'running' && now
      })
    const bound = (spec: ProcessSpec) =>
      until('bound', async () => {
        const now = await seen(spec)
        return now.state === 'running' && now.boundAt !== null && now
      })
    const ended = (spec: ProcessSpec) =>
      until('ended', async () => {
        const now = await seen(spec)
        return now.state === 'ended' && now
      })
    const cleared = async (spec: ProcessSpec): Promise<void> => {
      await place.driver().signal(spec.processId, 'kill')
      await ended(spec)
      await place.driver().remove(spec.processId)
      await until('nothing is left', async () => (await place.leftBehind(spec)).length === 0)
    }

    describe('starting', () => {
      test('what was started is seen with its whole spec and times in order', async () => {
        const spec = await start()
        const now = await bound(spec)
        expect(now.spec).toEqual(spec)
        expect(now.boundAt).toBeGreaterThanOrEqual(now.bootedAt)
        expect(now.bootedAt).toBeGreaterThan(spec.createdAt - 1000)
        await cleared(spec)
      })

      test('starting twice starts once', async () => {
        const spec = await start()
        await place.driver().start(spec, new AbortController().signal)
        await bound(spec)
        expect(await place.timesStarted(spec)).toBe(1)
        await cleared(spec)
      })

      test('starting twice at once starts once', async () => {
        const spec = await place.spec()
        const signal = new AbortController().signal
        await Promise.all([1, 2, 3].map(() => place.driver().start(spec, signal)))
        await bound(spec)
        expect(await place.timesStarted(spec)).toBe(1)
        await cleared(spec)
      })

      test.for(['tcp', 'udp'] as const)('a bound %s port is seen', async (transport) => {
        const spec = await start({ transport })
        expect((await bound(spec)).boundInstead).toBeNull()
        await cleared(spec)
      })

      test('a process that never binds is running and not bound', async () => {
        const spec = await start({ binds: 'nothing' })
        expect(await running(spec)).toMatchObject({ boundAt: null, boundInstead: null })
        await cleared(spec)
      })

      test('a process that binds another port says which', async () => {
        const spec = await start({ binds: 'another port' })
        const instead = await until('bound instead', async () => {
          const now = await seen(spec)
          return now.state === 'running' && (now.boundInstead ?? undefined)
        })
        expect(instead).toMatch(/^\d+\/(udp|tcp)$/)
        expect(await seen(spec)).toMatchObject({ boundAt: null })
        await cleared(spec)
      })
    })

    describe('ending', () => {
      test('an exit code is seen as it was', async () => {
        const spec = await start({ exitCode: 7 })
        expect(await ended(spec)).toMatchObject({ exit: { kind: 'code', code: 7 }, spec })
        await cleared(spec)
      })

      test('exit code 0 is seen', async () => {
        const spec = await start({ exitCode: 0 })
        expect(await ended(spec)).toMatchObject({ exit: { kind: 'code', code: 0 } })
        await cleared(spec)
      })

      test('a signal is seen by its name', async () => {
        const spec = await start({ exitsBySignal: 'SIGSEGV' })
        expect(await ended(spec)).toMatchObject({ exit: { kind: 'signal', signal: 'SIGSEGV' } })
        await cleared(spec)
      })

      test('asked to end, an obeying process ends after its boot and not before', async () => {
        const spec = await start()
        const { bootedAt } = await bound(spec)
        await place.driver().signal(spec.processId, 'terminate')
        expect((await ended(spec)).endedAt).toBeGreaterThanOrEqual(bootedAt)
        await cleared(spec)
      })

      test('a process that ignores terminate lives on and is gone after kill', async () => {
        const spec = await start({ ignoresTerminate: true })
        await bound(spec)
        await place.driver().signal(spec.processId, 'terminate')
        expect((await running(spec)).boundAt).not.toBeNull()
        await place.driver().signal(spec.processId, 'kill')
        expect(await ended(spec)).toMatchObject({ exit: { kind: 'signal', signal: 'SIGKILL' } })
        await cleared(spec)
      })

      test.for(['terminate', 'kill'] as const)('%s of what is gone succeeds', async (kind) => {
        const spec = await start({ exitCode: 0 })
        await ended(spec)
        await place.driver().signal(spec.processId, kind)
        await cleared(spec)
        await place.driver().signal(spec.processId, kind)
      })

      test('what never was is absent, and removing or signalling it succeeds', async () => {
        const spec = await place.spec()
        expect(await seen(spec)).toEqual({ state: 'absent', processId: spec.processId })
        await place.driver().signal(spec.processId, 'kill')
        await place.driver().remove(spec.processId)
      })

      test('after removal nothing is left, and removing again succeeds', async () => {
        const spec = await start()
        await bound(spec)
        await cleared(spec)
        expect(await seen(spec)).toMatchObject({ state: 'absent' })
        await place.driver().remove(spec.processId)
        const listed = await place.driver().list()
        expect(listed.map((each) => each.processId)).not.toContain(spec.processId)
      })
    })

    describe('watching', () => {
      test('the port and the end are told', async () => {
        const told: string[] = []
        place.driver().watch((processId) => told.push(processId))
        const spec = await start()
        await until('told of the port', () => told.includes(spec.processId))
        await bound(spec)
        told.length = 0
        await place.driver().signal(spec.processId, 'kill')
        await until('told of the end', () => told.includes(spec.processId))
        await cleared(spec)
      })
    })

    describe('a driver that comes later', () => {
      test('sees what the last one started, with the same times', async () => {
        const spec = await start()
        const before = await bound(spec)
        const driver = await place.restart()
        expect(await driver.observe(spec.processId)).toEqual(before)
        expect(await driver.list()).toContainEqual(before)
        await driver.start(spec, new AbortController().signal)
        expect(await place.timesStarted(spec)).toBe(1)
        await cleared(spec)
      })

      test('sees an end while nobody was there, with its code', async () => {
        const spec = await start()
        await bound(spec)
        const driver = await place.restart(() => place.endOutside(spec, 9))
        expect(await driver.observe(spec.processId)).toMatchObject({
          state: 'ended',
          exit: { kind: 'code', code: 9 },
        })
        await cleared(spec)
      })

      test('is told of the end of what it did not start', async () => {
        const spec = await start()
        await bound(spec)
        const driver = await place.restart()
        const told: string[] = []
        driver.watch((processId) => told.push(processId))
        await place.endOutside(spec, 3)
        await until('told', () => told.includes(spec.processId))
        expect(await ended(spec)).toMatchObject({ exit: { kind: 'code', code: 3 } })
        await cleared(spec)
      })
    })

    describe('preparing', () => {
      const never = new AbortController().signal
      const preparer = (): Preparer | undefined => {
        const driver = place.driver()
        return canPrepare(driver) ? driver.preparer : undefined
      }
      const prepared = async (wish?: GameWish): Promise<ProcessSpec> => {
        const spec = await place.spec(wish)
        await preparer()?.prepare(spec, never)
        return spec
      }
      /** A test of what only some drivers can do. */
      const preparing = (name: string, body: () => Promise<void>): void =>
        test(name, async (context) => {
          if (preparer() === undefined) context.skip('this driver prepares nothing')
          await body()
        })

      preparing('what was prepared is held, and its life begins when it is started', async () => {
        const spec = await prepared()
        const { processId } = spec
        expect(await seen(spec)).toEqual({ state: 'held', processId, spec, isReady: true })
        expect(await place.driver().list()).toContainEqual(await seen(spec))
        const before = Date.now()
        await place.driver().start(spec, never)
        const now = await bound(spec)
        expect(now.bootedAt).toBeGreaterThanOrEqual(before)
        expect(now.boundAt).toBeGreaterThanOrEqual(now.bootedAt)
        expect(await place.timesStarted(spec)).toBe(1)
        await cleared(spec)
      })

      preparing('preparing and starting again does nothing more', async () => {
        const spec = await prepared()
        await preparer()?.prepare(spec, never)
        await Promise.all([1, 2, 3].map(() => place.driver().start(spec, never)))
        const now = await bound(spec)
        await preparer()?.prepare(spec, never)
        await place.driver().start(spec, never)
        expect(await seen(spec)).toEqual(now)
        expect(await place.timesStarted(spec)).toBe(1)
        await cleared(spec)
      })

      preparing(
        'a driver that comes later hands it over, and knows since when it runs',
        async () => {
          const spec = await prepared()
          const second = await place.restart()
          await second.start(spec, never)
          const before = await bound(spec)
          const third = await place.restart()
          expect(await third.observe(spec.processId)).toEqual(before)
          expect(await place.timesStarted(spec)).toBe(1)
          await cleared(spec)
        },
      )

      preparing('what ends before it is bound is refused, and nothing of it is left', async () => {
        const spec = await place.spec({ exitCode: 3, binds: 'nothing' })
        await expect(preparer()?.prepare(spec, never)).rejects.toThrow(DriverError)
        await place.driver().remove(spec.processId)
        expect(await place.leftBehind(spec)).toEqual([])
      })

      preparing('what does not bind in time is refused, and nothing of it is left', async () => {
        const spec = await place.spec({ binds: 'nothing' })
        const stop = new AbortController()
        const begun = preparer()?.prepare(spec, stop.signal)
        await until('it is there', async () => (await seen(spec)).state === 'held')
        stop.abort()
        await expect(begun).rejects.toThrow(/abort/)
        await place.driver().remove(spec.processId)
        await until('nothing is left', async () => (await place.leftBehind(spec)).length === 0)
      })

      preparing('what ended while it was held is started anew', async () => {
        const spec = await prepared()
        await place.restart(async () => await place.killOutside?.(spec))
        expect(await seen(spec)).toMatchObject({ state: 'held', isReady: false })
        await place.driver().start(spec, never)
        expect((await bound(spec)).boundAt).not.toBeNull()
        await cleared(spec)
      })

      preparing('ending or removing what is held leaves nothing', async () => {
        const spec = await prepared()
        await place.driver().signal(spec.processId, 'terminate')
        await until('it is gone', async () => (await seen(spec)).state === 'absent')
        const other = await prepared()
        await place.driver().remove(other.processId)
        expect(await place.leftBehind(other)).toEqual([])
        await place.driver().remove(spec.processId)
      })
    })

    test('another installation neither sees, starts over, ends nor removes our runs', async (context) => {
      const stranger = await place.stranger()
      if (stranger === undefined) return context.skip('places of this driver are never shared')
      const spec = await start()
      const before = await bound(spec)
      expect(await stranger.list()).toEqual([])
      expect(await stranger.observe(spec.processId)).toMatchObject({ state: 'absent' })
      await stranger.signal(spec.processId, 'kill')
      await stranger.remove(spec.processId)
      await stranger.close()
      expect(await seen(spec)).toEqual(before)
      await cleared(spec)
    })
  })
}
