/** Logs of processes: the end, the rest as it comes, the whole. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessV3 } from '@hatchery/client'
import { describe, expect, test } from 'vitest'
import { aTokenWith } from '../support/a-token-with.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { untilStatus } from '../support/process-life.ts'
import { refusalOf } from '../support/refusal.ts'
import { startHatchery } from '../support/start-hatchery.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'
import { textOf } from '../support/upload.ts'

interface Speaker extends FakeHatchery {
  readonly appId: string
  readonly processId: string
  /** Writes to the log as the process' driver does. */
  say(text: string | Uint8Array): void
  end(): Promise<ProcessV3>
}

/** A process that runs and has written nothing yet. */
async function aSpeaker(): Promise<Speaker> {
  const hatchery = await startWithFakes()
  const { client, driver, data } = hatchery
  const { appId } = await deployedApp(client)
  const { processId } = await client.processesV3.createProcess('Chicago', appId)
  await untilStatus(client, { appId, processId }, 'running')
  return {
    ...{ ...hatchery, appId, processId },
    say: (text) => appendFileSync(join(data, 'logs', `${processId}.log`), text),
    end() {
      driver.exit(processId, { kind: 'code', code: 0 })
      return untilStatus(client, { appId, processId }, 'stopped')
    },
  }
}

const logOf = async (
  { client, appId, processId }: Speaker,
  follow?: boolean,
  tailLines?: number,
): Promise<string> =>
  await textOf(await client.logsV1.getLogsForProcess(processId, appId, follow, tailLines))

const linesOf = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('')

describe('the end of a log', () => {
  test('is its last 100 lines, or as many as are asked for', async () => {
    const speaker = await aSpeaker()
    speaker.say(linesOf(1, 150))
    expect(await logOf(speaker)).toBe(linesOf(51, 150))
    expect(await logOf(speaker, false, 1)).toBe('line 150\n')
    expect(await logOf(speaker, false, 149)).toBe(linesOf(2, 150))
    expect(await logOf(speaker, false, 5000)).toBe(linesOf(1, 150))
  })

  test('counts a line that is not finished', async () => {
    const speaker = await aSpeaker()
    speaker.say('one\ntwo\nloading 37 %')
    expect(await logOf(speaker, false, 2)).toBe('two\nloading 37 %')
  })

  test('is the bytes as they were written', async () => {
    const speaker = await aSpeaker()
    const bytes = Buffer.from([0xff, 0x00, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0xc3, 0x28, 0x0d, 0x0a])
    speaker.say(bytes)
    const { client, appId, processId } = speaker
    const answer = await client.request('GET', `/logs/v1/${appId}/process/${processId}`)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
  })

  test('is nothing while nothing was written', async () => {
    expect(await logOf(await aSpeaker())).toBe('')
  })

  test('of a number of lines out of bounds is refused', async () => {
    const speaker = await aSpeaker()
    for (const lines of [0, -1, 5001, 1.5]) {
      const refusal = await refusalOf(logOf(speaker, false, lines))
      expect(refusal).toMatchObject({ status: 400, code: 'invalid' })
      expect(refusal.message).toContain('tailLines')
      expect(refusal.message).toContain(String(lines))
    }
  })
})

describe('following a log', () => {
  test('gives the end first, then what comes, and ends with the process', async () => {
    const speaker = await aSpeaker()
    const { client, appId, processId } = speaker
    speaker.say(linesOf(1, 5))
    const stream = await client.logsV1.getLogsForProcess(processId, appId, true, 2)
    const decoder = new TextDecoder()
    const reader = stream.getReader()
    let seen = ''
    const readUntil = async (text: string): Promise<void> => {
      while (!seen.endsWith(text)) {
        const { done, value } = await reader.read()
        if (done) throw new Error(`it ended after ${JSON.stringify(seen)}`)
        seen += decoder.decode(value, { stream: true })
      }
    }
    await readUntil('line 5\n')
    speaker.say('line 6\n')
    await readUntil('line 6\n')
    speaker.say('good')
    await readUntil('good')
    speaker.say('bye\n')
    await speaker.end()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      seen += decoder.decode(value, { stream: true })
    }
    expect(seen).toBe(`${linesOf(4, 6)}goodbye\n`)
  })

  test('begins before the process has written anything', async () => {
    const speaker = await aSpeaker()
    const all = logOf(speaker, true)
    speaker.say('hello\n')
    await speaker.end()
    expect(await all).toBe('hello\n')
  })

  test('is broken off when its token is revoked, before anything more is told', async () => {
    const speaker = await aSpeaker()
    const { client, url, appId, processId } = speaker
    const caller = await aTokenWith(speaker, ['processes:read'])
    speaker.say('one\n')
    const answer = await fetch(`${url}/logs/v1/${appId}/process/${processId}?follow=true`, {
      headers: { authorization: caller.token },
    })
    const reader = answer.body?.getReader()
    expect(String(Buffer.from((await reader?.read())?.value ?? []))).toBe('one\n')
    await client.tokensV1.revokeOrgToken(caller.orgId, caller.orgTokenId)
    await expect(
      (async () => {
        for (let line = 0; ; line += 1) {
          speaker.say(`secret ${line}\n`)
          if ((await reader?.read())?.done !== false) return 'an end like any other'
        }
      })(),
    ).rejects.toThrow('terminated')
  })

  test('of a process that has ended ends at once', async () => {
    const speaker = await aSpeaker()
    speaker.say(linesOf(1, 3))
    await speaker.end()
    expect(await logOf(speaker, true, 2)).toBe(linesOf(2, 3))
  })

  test('ends with the server, and the server does not wait for it', async () => {
    // On a clock that stands still it would be waited for without end.
    const { client, server } = await startHatchery({ clock: createManualClock() })
    const { appId } = await deployedApp(client)
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    const stream = await client.logsV1.getLogsForProcess(processId, appId, true)
    const all = textOf(stream).catch(() => 'cut off')
    await server.close()
    await all
  })

  test('is possible for many at once', async () => {
    const speaker = await aSpeaker()
    const { client, appId, processId } = speaker
    const streams = await Promise.all(
      Array.from({ length: 50 }, () => client.logsV1.getLogsForProcess(processId, appId, true)),
    )
    speaker.say(linesOf(1, 20))
    await speaker.end()
    expect(new Set(await Promise.all(streams.map(textOf)))).toEqual(new Set([linesOf(1, 20)]))
  })
})

describe('downloading a log', () => {
  test('is the whole of it once the process has ended', async () => {
    const speaker = await aSpeaker()
    const { client, appId, processId } = speaker
    speaker.say(linesOf(1, 20_000))
    await speaker.end()
    const whole = await textOf(await client.logsV1.downloadLogForProcess(processId, appId))
    expect(whole).toBe(linesOf(1, 20_000))
  })

  test('is refused while the process lives, with the way to read it', async () => {
    const { client, appId, processId } = await aSpeaker()
    const call = client.logsV1.downloadLogForProcess(processId, appId)
    expect(await refusalOf(call)).toMatchObject({
      status: 400,
      code: 'not-now',
      message: `the process is running: its log can be downloaded once it ended; GET /logs/v1/${appId}/process/${processId} shows it now`,
    })
  })

  test('that is not kept any more is 410, like its end', async () => {
    const speaker = await aSpeaker()
    const { client, appId, processId } = speaker
    await speaker.end()
    const calls = [
      client.logsV1.downloadLogForProcess(processId, appId),
      client.logsV1.getLogsForProcess(processId, appId),
    ]
    for (const refusal of await Promise.all(calls.map(refusalOf))) {
      expect(refusal).toMatchObject({ status: 410, code: 'gone' })
    }
  })
})

describe('a reader that counts bytes', () => {
  const countedLog = async (
    { url, token, appId, processId }: Speaker,
    from: string,
    query = '?follow=true',
  ): Promise<{ offset: number; answer: Response }> => {
    const answer = await fetch(`${url}/logs/v1/${appId}/process/${processId}${query}`, {
      headers: { authorization: `Bearer ${token}`, 'hatchery-log-from': from },
    })
    return { offset: Number(answer.headers.get('hatchery-log-offset')), answer }
  }

  test('is told where an answer begins, and goes on from where it was', async () => {
    const speaker = await aSpeaker()
    speaker.say('one\ntwo\nthree\n')
    const tail = await countedLog(speaker, 'tail', '?tailLines=2')
    expect(tail.offset).toBe(4)
    expect(await tail.answer.text()).toBe('two\nthree\n')
    const now = await countedLog(speaker, '6', '')
    expect(now.offset).toBe(6)
    expect(await now.answer.text()).toBe('o\nthree\n')
    const rest = await countedLog(speaker, '8')
    speaker.say('four\n')
    await speaker.end()
    expect(await rest.answer.text()).toBe('three\nfour\n')
    expect(await (await countedLog(speaker, '14')).answer.text()).toBe('four\n')
    const end = await countedLog(speaker, '19')
    expect([end.offset, await end.answer.text()]).toEqual([19, ''])
  })

  test('begins anew where the log is shorter than that', async () => {
    const speaker = await aSpeaker()
    speaker.say('short\n')
    await speaker.end()
    const { offset, answer } = await countedLog(speaker, '1000')
    expect([offset, await answer.text()]).toEqual([0, 'short\n'])
  })

  test('can tell the end of the server from the end of the log', async () => {
    const speaker = await aSpeaker()
    speaker.say('hello\n')
    const { answer } = await countedLog(speaker, 'tail')
    const whole = answer.text()
    whole.catch(() => undefined)
    await speaker.server.close()
    await expect(whole).rejects.toThrow('terminated')
  })

  test('names a number of bytes, or nothing is answered', async () => {
    const speaker = await aSpeaker()
    for (const from of ['head', '-1', '1.5', '9'.repeat(20)]) {
      const { answer } = await countedLog(speaker, from)
      expect({ from, status: answer.status }).toEqual({ from, status: 400 })
    }
  })
})
