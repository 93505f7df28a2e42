/** Answers that are streams, and readers who take nothing of them. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, type Socket, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { cutWhenStalled } from '../../src/api/stalled-readers.ts'
import { eventually } from '../support/eventually.ts'

const chunk = 'x'.repeat(65_536)

/** A server that writes what it is told to; answers a connection to it and what it did. */
async function asked(
  afterMs: number,
  write: (send: (text: string) => boolean) => void,
): Promise<{ reader: Socket; ended: () => boolean }> {
  let ended = false
  const server = createServer((_request, response) => {
    response.once('close', () => (ended = true))
    cutWhenStalled(response, afterMs)
    write((text) => response.write(text))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => void reader.destroy())
  reader.on('error', () => {})
  reader.pause()
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  return { reader, ended: () => ended }
}

/** More than all buffers on the way can hold. */
function flood(send: (text: string) => boolean): void {
  for (let sent = 0; sent < 400; sent += 1) send(chunk)
}

test('one who takes nothing of what waits is cut off', async () => {
  const { ended } = await asked(500, flood)
  await eventually('the connection is cut', ended)
})

test('one who reads a little now and then is not, and gets everything', async () => {
  const { reader, ended } = await asked(10_000, flood)
  let received = 0
  await eventually('all has arrived', () => {
    received += (reader.read() as Buffer | null)?.byteLength ?? 0
    return received > 400 * chunk.length
  })
  expect(ended()).toBe(false)
})

test('one to whom nothing is said may wait', async () => {
  const { reader, ended } = await asked(500, (send) => {
    send('hello')
    setTimeout(() => send('still here'), 2_000)
  })
  let text = ''
  reader.on('data', (bytes) => (text += bytes.toString()))
  reader.resume()
  await eventually('it is told', () => text.includes('still here'))
  expect(ended()).toBe(false)
})
