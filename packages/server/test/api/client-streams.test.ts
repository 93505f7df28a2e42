/** What the client makes of streams and pages, over a network that cuts them. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ApiError,
  Hatchery,
  type HatcheryEvent,
  ProcessEndedError,
  type ProcessV3,
  RequestAbortedError,
  RequestTimeoutError,
} from '@hatchery/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { aCuttingProxy } from '../support/cutting-proxy.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { untilStatus } from '../support/process-life.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

/** A server, a client that reaches it over a network that can be cut, and one that reaches it for sure. */
async function aWorld() {
  const hatchery = await startWithFakes()
  const { appId } = await deployedApp(hatchery.client)
  const proxy = await aCuttingProxy(hatchery.url)
  const far = new Hatchery({ serverURL: proxy.url, hathoraDevToken: hatchery.token, appId })
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  return { ...hatchery, appId, proxy, far, leaving, signal: leaving.signal }
}

/** Collects what comes, and lets the test wait for it. */
function collected<T>(values: AsyncIterable<T>) {
  const got: T[] = []
  const ended = (async () => {
    for await (const value of values) got.push(value)
  })()
  ended.catch(() => undefined)
  return {
    got,
    ended,
    until: (count: number) => eventually(`${count} came`, () => got.length >= count),
  }
}

const createApps = async ({ client }: Pick<FakeHatchery, 'client'>, ...names: string[]) => {
  for (const appName of names) await client.appsV2.createApp({ appName, authConfiguration: {} })
}

const namesIn = (events: readonly HatcheryEvent[]): string[] =>
  events.map((event) => (event.kind === 'application' ? event.record.appName : event.kind))

describe('followEvents', () => {
  test('gives typed events, and loses and doubles none over cuts', async () => {
    const world = await aWorld()
    const { far, proxy, signal } = world
    const states: string[] = []
    const onState = (state: string): void => void states.push(state)
    const kinds = ['application']
    const { got, until } = collected(far.followEvents({ appId: null, kinds, signal, onState }))
    await eventually('it is connected', () => states.includes('connected'))
    proxy.cut()
    await createApps(world, 'one', 'two')
    await until(2)
    proxy.block()
    await createApps(world, 'three')
    await eventually(
      'the cut is told',
      () => states.filter((state) => state === 'reconnecting').length >= 2,
    )
    proxy.mend()
    await until(3)
    await createApps(world, 'four')
    await until(4)
    expect(namesIn(got)).toEqual(['one', 'two', 'three', 'four'])
    const [first] = got
    expect(first).toMatchObject({ at: expect.any(Date), record: { createdAt: expect.any(Date) } })
    expect(got.map((event) => event.seq)).toEqual(got.map((_, index) => (first?.seq ?? 0) + index))
  })

  test('goes on over a restart of the server', async () => {
    const world = await aWorld()
    const { far, proxy, signal } = world
    const states: string[] = []
    const onState = (state: string): void => void states.push(state)
    const kinds = ['application']
    const { got, until } = collected(far.followEvents({ appId: null, kinds, signal, onState }))
    await eventually('it is connected', () => states.includes('connected'))
    await createApps(world, 'first')
    await until(1)
    const again = await world.restart()
    await createApps(again, 'second')
    proxy.lead(again.url)
    await until(2)
    expect(namesIn(got)).toEqual(['first', 'second'])
  })

  test('begins where it is told to, and says when that is not kept', async () => {
    const world = await aWorld()
    const { far, signal } = world
    const all = collected(far.followEvents({ signal, lastEventId: 0, kinds: ['deployment'] }))
    await all.until(1)
    expect(all.got[0]).toMatchObject({ kind: 'deployment', appId: world.appId })
    const lost = collected(far.followEvents({ appId: null, signal, lastEventId: 1_000_000 }))
    await lost.until(1)
    await createApps(world, 'next')
    await lost.until(2)
    expect(namesIn(lost.got)).toEqual(['reset', 'next'])
  })

  test('of the application of the client, where none is named', async () => {
    const world = await aWorld()
    const { client, far, appId, signal } = world
    const { got, until } = collected(far.followEvents({ signal, lastEventId: 0 }))
    await createApps(world, 'another')
    await client.processesV3.createProcess('Chicago', appId)
    await eventually('a process came', () => got.some(({ kind }) => kind === 'process'))
    await until(3)
    expect(new Set(got.map((event) => event.kind !== 'reset' && event.appId))).toEqual(
      new Set([appId]),
    )
  })

  test('ends with its signal and with a break, and leaves no connection behind', async () => {
    const world = await aWorld()
    const { far, proxy, leaving, signal } = world
    for await (const event of far.followEvents({ signal, lastEventId: 0 })) {
      expect(event.kind).toBe('application')
      break
    }
    const { ended, until } = collected(far.followEvents({ signal, lastEventId: 0 }))
    await until(1)
    leaving.abort()
    await ended
    await eventually('no stream is open', () => proxy.connections() === 0)
  })

  test('fails at once where nobody listens or the token is wrong, and when it is revoked', async () => {
    const { client, url, far, proxy, signal } = await aWorld()
    const wrong = new Hatchery({ serverURL: url, hathoraDevToken: 'hathora_org_st_wrong' })
    const refused = collected(wrong.followEvents({ signal }))
    await expect(refused.ended).rejects.toMatchObject({ status: 401 })
    await expect(refused.ended).rejects.toThrow(/^GetEvents: 401 .*\(request [\w-]+\)$/)
    await expect(refused.ended).rejects.not.toThrow('hathora_org_st_wrong')
    const { orgId } = await client.hatchery.whoAmI()
    const { plainTextToken, orgToken } = await client.tokensV1.createOrgToken(orgId, {
      ...{ name: 'reader', scopes: ['applications:read'] },
    })
    const reader = new Hatchery({ serverURL: url, hathoraDevToken: plainTextToken })
    const revoked = collected(reader.followEvents({ signal, lastEventId: 0 }))
    await revoked.until(1)
    await client.tokensV1.revokeOrgToken(orgId, orgToken.orgTokenId)
    await expect(revoked.ended).rejects.toThrow('was revoked')
    proxy.block()
    await expect(collected(far.followEvents({ signal })).ended).rejects.toThrow('connection')
  })
})

describe('watchProcesses', () => {
  test('gives each change with what was before, over a cut', async () => {
    const { client, driver, far, appId, proxy, signal } = await aWorld()
    const states: string[] = []
    const onState = (state: string): void => void states.push(state)
    const { got, until } = collected(far.watchProcesses({ signal, onState }))
    await eventually('it is connected', () => states.length > 0)
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, { appId, processId }, 'running')
    await until(2)
    proxy.cut()
    driver.exit(processId, { kind: 'code', code: 3 })
    await eventually('its end came', () => got.at(-1)?.process.status === 'failed')
    expect(got[0]).toMatchObject({
      process: { processId, status: 'starting' },
      previous: undefined,
    })
    expect(got.at(-1)?.previous?.status).toBe('running')
    expect(got.at(-1)?.process.terminatedAt).toBeInstanceOf(Date)
    for (const [index, change] of got.entries()) {
      if (index > 0) expect(change.previous).toEqual(got[index - 1]?.process)
    }
  })

  test('gives those of some statuses only', async () => {
    const { client, driver, far, appId, signal } = await aWorld()
    const states: string[] = []
    const onState = (state: string): void => void states.push(state)
    const { got, until } = collected(far.watchProcesses({ status: ['failed'], signal, onState }))
    await eventually('it is connected', () => states.length > 0)
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, { appId, processId }, 'running')
    driver.exit(processId, { kind: 'code', code: 3 })
    await until(1)
    expect(got).toMatchObject([{ process: { status: 'failed' }, previous: { status: 'running' } }])
  })
})

describe('waitUntilRunning', () => {
  test('resolves with the process that runs, also when it runs already', async () => {
    const { client, far } = await aWorld()
    const { processId, appId } = await far.processesV3.createProcess('Chicago')
    const process = await far.waitUntilRunning(processId)
    expect(process).toMatchObject({ processId, status: 'running', startedAt: expect.any(Date) })
    expect(await far.waitUntilRunning(processId, { timeoutMs: 10_000 })).toEqual(process)
    expect(process).toEqual(await client.processesV3.getProcess(processId, appId))
  })

  test('waits over cuts, and misses nothing of what happened meanwhile', async () => {
    const { client, driver, far, proxy } = await aWorld()
    const appId = await lateApp(client)
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    const waiting = far.waitUntilRunning(processId, { appId })
    // The second connection asks for the process: the stream of the first has begun.
    await eventually('it waits', () => proxy.connections() > 1)
    proxy.block()
    driver.bind(processId)
    await untilStatus(client, { appId, processId }, 'running')
    proxy.mend()
    expect(await waiting).toMatchObject({ processId, status: 'running' })
  })

  test('fails at once when it ends before, with the reason and the end of its log', async () => {
    const { client, driver, far, data } = await aWorld()
    const appId = await lateApp(client)
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    const waiting = far.waitUntilRunning(processId, { appId }).catch((error: unknown) => error)
    await eventually('it is started', () => driver.place.runs.has(processId))
    appendFileSync(join(data, 'logs', `${processId}.log`), 'hello\nno map called "arena"\n')
    driver.exit(processId, { kind: 'code', code: 7 })
    const error = await waiting
    expect(error).toBeInstanceOf(ProcessEndedError)
    const { message, process, lastLines } = error as ProcessEndedError
    expect(process).toMatchObject({ processId, status: 'failed' })
    expect(lastLines).toEqual(['hello', 'no map called "arena"'])
    expect(message).toBe(
      `WaitUntilRunning: process ${processId} is failed: ${process.summaryExitReason}; its log ends with "no map called \\"arena\\""`,
    )
  })

  test('gives up after its time, with its signal, and of a process that is not there', async () => {
    const { client, far } = await aWorld()
    const appId = await lateApp(client)
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    const late = far.waitUntilRunning(processId, { appId, timeoutMs: 200 })
    await expect(late).rejects.toThrow(RequestTimeoutError)
    await expect(late).rejects.toThrow(
      `WaitUntilRunning: process ${processId} does not run after 200 ms`,
    )
    const aborted = far.waitUntilRunning(processId, { appId, signal: AbortSignal.timeout(100) })
    await expect(aborted).rejects.toThrow(RequestAbortedError)
    await expect(far.waitUntilRunning('nobody')).rejects.toThrow(ApiError)
  })
})

/** An application whose processes bind their port only when the test says so. */
const lateApp = async (client: Hatchery): Promise<string> => {
  const env = [{ name: 'FAKE_START', value: 'never-binds' }]
  return (await deployedApp(client, { appName: 'late', deployment: { env } })).appId
}

describe('followLog', () => {
  test('gives each line once and in order, wherever the connection is cut', async () => {
    const { client, driver, data, far, appId, proxy } = await aWorld()
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, { appId, processId }, 'running')
    const say = (text: string): void => appendFileSync(join(data, 'logs', `${processId}.log`), text)
    say('before\nthe beginning\r\n')
    const { got, ended, until } = collected(far.followLog(processId, { tailLines: 1 }))
    await until(1)
    proxy.cutAfter(() => 500 + Math.floor(Math.random() * 1_500))
    proxy.cut()
    const lines = Array.from(
      { length: 120 },
      (_, index) => `line ${index} ${'ß✓'.repeat(index % 40)}`,
    )
    for (const [index, line] of lines.entries()) {
      say(line.slice(0, 5))
      say(`${line.slice(5)}\n`)
      if (index % 20 === 19) await until(index - 10)
    }
    say('no end')
    proxy.cutAfter(() => null)
    driver.exit(processId, { kind: 'code', code: 0 })
    await ended
    expect(got).toEqual(['the beginning', ...lines, 'no end'])
  })

  test('goes on after the process has ended, to the end of its log', async () => {
    const { client, driver, data, far, appId, proxy } = await aWorld()
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, { appId, processId }, 'running')
    const say = (text: string): void => appendFileSync(join(data, 'logs', `${processId}.log`), text)
    say('one\n')
    const { got, ended, until } = collected(far.followLog(processId))
    await until(1)
    proxy.block()
    say('two\n')
    driver.exit(processId, { kind: 'code', code: 0 })
    await untilStatus(client, { appId, processId }, 'stopped')
    proxy.mend()
    await ended
    expect(got).toEqual(['one', 'two'])
    expect(await Array.fromAsync(far.followLog(processId, { tailLines: 1 }))).toEqual(['two'])
  })

  test('does not take the stop of the server for the end of the log', async () => {
    const { client, data, server, far, appId, leaving, signal } = await aWorld()
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, { appId, processId }, 'running')
    appendFileSync(join(data, 'logs', `${processId}.log`), 'one\n')
    const { got, ended, until } = collected(far.followLog(processId, { signal }))
    await until(1)
    await server.close()
    const first = await Promise.race([ended.then(() => 'ended'), delayed('waits', 300)])
    expect(first).toBe('waits')
    leaving.abort()
    await ended
    expect(got).toEqual(['one'])
  })

  test('fails for a process that is not there', async () => {
    const { far } = await aWorld()
    await expect(collected(far.followLog('nobody')).ended).rejects.toThrow(
      /^GetLogsForProcess: 404 /,
    )
  })
})

const delayed = <T>(value: T, ms: number): Promise<T> =>
  new Promise((resolve) => void setTimeout(() => resolve(value), ms))

describe('latestProcesses', () => {
  test('gives all, newest first, or as many as are wanted, over pages', async () => {
    const { client, driver, far, appId } = await aWorld()
    const made: ProcessV3[] = []
    for (let count = 0; count < 23; count += 1)
      made.unshift(await client.processesV3.createProcess('Chicago', appId))
    const idsOf = async (options: Parameters<Hatchery['latestProcesses']>[0]) =>
      (await Array.fromAsync(far.latestProcesses(options))).map(({ processId }) => processId)
    const all = made.map(({ processId }) => processId)
    expect(await idsOf({})).toEqual(all)
    expect(await idsOf({ limit: 12 })).toEqual(all.slice(0, 12))
    expect(await idsOf({ limit: 0 })).toEqual([])
    expect(await idsOf({ region: ['Tokyo'] })).toEqual([])
    const ended = all[14] ?? ''
    await untilStatus(client, { appId, processId: ended }, 'running')
    driver.exit(ended, { kind: 'code', code: 1 })
    await untilStatus(client, { appId, processId: ended }, 'failed')
    expect(await idsOf({ status: ['failed'] })).toEqual([ended])
    expect(await idsOf({ signal: AbortSignal.abort() })).toEqual([])
    const [first] = await Array.fromAsync(far.latestProcesses({ limit: 1 }))
    expect(first?.createdAt).toBeInstanceOf(Date)
  })
})
