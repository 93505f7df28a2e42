/** What is copied of a container's output when the engine ends a followed log too early. */
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { copyLog } from '../../src/drivers/docker/container-log.ts'
import { createEngineClient } from '../../src/drivers/docker/engine-client.ts'

const lines = Array.from({ length: 9 }, (_, i) => `line ${i + 1}\n`)

test('the last lines of a container that has ended are asked for again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const engine = createEngineClient({ url: await engineThatEndsEarly() })
  onTestFinished(() => engine.close())
  const logFile = join(folder, 'log')
  await copyLog({
    ...{ engine, logFile, positionFile: join(folder, 'position'), containerId: 'c1' },
    ...{ signal: new AbortController().signal, onCopied: () => {} },
  })
  expect(readFileSync(logFile, 'utf8')).toBe(lines.join(''))
})

/** Answers its address: followed, it sends the first five lines only. */
async function engineThatEndsEarly(): Promise<string> {
  const server = createServer(({ url = '' }, answer) => {
    if (!url.includes('/logs')) answer.setHeader('content-type', 'application/json')
    if (url.endsWith('/version')) answer.end('{"Version":"28.0.0","ApiVersion":"1.51"}')
    else if (url.endsWith('/json')) answer.end('{"State":{"Status":"exited"}}')
    else answer.end(Buffer.concat(lines.slice(0, url.includes('follow=1') ? 5 : 9).map(frameOf)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function frameOf(line: string, index: number): Buffer {
  const bytes = Buffer.from(`2026-01-02T03:04:05.${100_000_000 + index}Z ${line}`)
  const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])
  head.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([head, bytes])
}
