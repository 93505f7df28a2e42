import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EndedObservation, ProcessSpec, RunningObservation } from '../../src/domain/driver.ts'
import { type LocalPlace, aLocalPlace } from './support/local-place.ts'
import { cgroupsLeft, pidsWith } from './support/traces.ts'
import { until } from './support/until.ts'

describe('endings of local processes', () => {
  let place: LocalPlace
  let hasCgroups = false
  beforeAll(async () => {
    place = await aLocalPlace()
    const { limits } = await place.driver().capabilities()
    hasCgroups = limits === 'enforced'
  })
  afterAll(() => place.close())

  const runFile = (spec: ProcessSpec, name: string): string =>
    join(place.dataFolder, 'run', spec.processId, name)
  const bound = (spec: ProcessSpec): Promise<RunningObservation> =>
    until('bound', async () => {
      const now = await place.driver().observe(spec.processId)
      return now.state === 'running' && now.boundAt !== null && now
    })
  const ended = (spec: ProcessSpec): Promise<EndedObservation> =>
    until('ended', async () => {
      const now = await place.driver().observe(spec.processId)
      return now.state === 'ended' && now
    })
  const programOf = (spec: ProcessSpec): number =>
    Number.parseInt(readFileSync(runFile(spec, 'pid'), 'utf8'), 10)
  /** The pid that the child wrote down: its file is there, and empty, a moment before. */
  const childOf = (spec: ProcessSpec): Promise<number> =>
    until('the child runs', () => {
      const file = place.work(spec, 'child')
      return existsSync(file) && (Number(readFileSync(file, 'utf8')) || undefined)
    })
  const placeOf = (spec: ProcessSpec) => {
    const record = JSON.parse(readFileSync(runFile(spec, 'spec.json'), 'utf8')) as {
      place: { cgroups: string[]; shim: { pid: number } }
    }
    return record.place
  }

  test('children go with their process after kill, even those that left its session', async () => {
    const spec = await place.start({ env: { GAME_DOES: 'children' } })
    await bound(spec)
    const child = await childOf(spec)
    await place.driver().signal(spec.processId, 'kill')
    // Without cgroups only the environment could tell whose the child is, and it has an empty one.
    if (hasCgroups) await until('the child is gone', () => !isAlive(child))
    else process.kill(child, 'SIGKILL')
    await ended(spec)
  })

  test('children go with their process when it ends by itself', async (context) => {
    if (!hasCgroups) return context.skip('needs cgroups')
    const spec = await place.start({ env: { GAME_DOES: 'children' } })
    await bound(spec)
    const child = await childOf(spec)
    writeFileSync(place.home(spec, 'exit-now'), '0')
    await ended(spec)
    await until('the child is gone', () => !isAlive(child))
  })

  test('the cgroups of a run go with its end', async (context) => {
    if (!hasCgroups) return context.skip('needs cgroups')
    const spec = await place.start()
    await bound(spec)
    const { cgroups } = placeOf(spec)
    expect(cgroupsLeft(cgroups)).toEqual(cgroups)
    await place.driver().signal(spec.processId, 'terminate')
    await ended(spec)
    await until('they are gone', () => cgroupsLeft(cgroups).length === 0)
  })

  test('more memory than its limit ends it as out of memory', async (context) => {
    if (!hasCgroups) return context.skip('needs cgroups')
    const spec = await place.start({ memoryMb: 128, env: { GAME_DOES: 'eat' } })
    expect((await ended(spec)).exit).toEqual({ kind: 'out-of-memory', limitMb: 128 })
  })

  test('a stop reaches a server that a shell started, and its exit code comes through', async () => {
    const spec = await place.start({ command: 'cd . && "$HATCHERY_NODE" game.mjs; exit 5' })
    await bound(spec)
    await place.driver().signal(spec.processId, 'terminate')
    expect((await ended(spec)).exit).toEqual({ kind: 'code', code: 0 })
  })

  test('a command that cannot be run says so in the log', async () => {
    const spec = await place.start({ command: './no-such-server --port 1' })
    expect((await ended(spec)).exit).toEqual({ kind: 'code', code: 127 })
    expect(place.logOf(spec)).toContain('no-such-server')
  })

  test('a process killed together with its shim is lost, and stays lost at the same time', async () => {
    const spec = await place.start()
    await bound(spec)
    process.kill(placeOf(spec).shim.pid, 'SIGKILL')
    process.kill(programOf(spec), 'SIGKILL')
    const first = await ended(spec)
    expect(first.exit).toEqual({ kind: 'lost', cause: 'killed together with its watcher' })
    expect(await ended(spec)).toEqual(first)
  })

  test('a process whose shim was killed goes on, and its end is still noticed', async () => {
    const told: string[] = []
    place.driver().watch((processId) => told.push(processId))
    const spec = await place.start()
    await bound(spec)
    process.kill(placeOf(spec).shim.pid, 'SIGKILL')
    await until('the shim is gone', () => !isAlive(placeOf(spec).shim.pid))
    expect(await place.driver().observe(spec.processId)).toMatchObject({ state: 'running' })
    told.length = 0
    await place.driver().signal(spec.processId, 'terminate')
    await until('told of the end', () => told.includes(spec.processId))
    expect((await ended(spec)).exit).toMatchObject({ kind: 'lost' })
  })

  test('a process of an earlier boot is lost to the restart', async () => {
    const spec = await place.start()
    await bound(spec)
    await place.driver().signal(spec.processId, 'kill')
    await ended(spec)
    const [pid, startTime] = readFileSync(runFile(spec, 'pid'), 'utf8').split(' ')
    writeFileSync(runFile(spec, 'pid'), `${pid} ${startTime} another-boot\n`)
    writeFileSync(runFile(spec, 'exit'), '')
    expect((await ended(spec)).exit).toEqual({ kind: 'lost', cause: 'machine restarted' })
  })

  test('a run that is called off before its program ran is absent', async () => {
    const spec = await place.spec()
    const started = place.driver().start(spec, new AbortController().signal)
    await place.driver().signal(spec.processId, 'kill')
    await started.catch(() => undefined)
    await place.driver().signal(spec.processId, 'kill')
    await until('nothing runs', () => pidsWith(spec.processId).length === 0)
  })
})

/** Not even as a zombie, which a slow first process may leave for a while. */
function isAlive(pid: number): boolean {
  try {
    return !/ Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}
