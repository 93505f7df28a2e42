/** The floor of a log with many readers: a bare Node server that reads what was appended every 5 ms and hands it to all. */
import { once } from 'node:events'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer, argumentOf, serveQuestions } from '../lib/child-side.ts'

export interface FanOutOptions {
  readonly file: string
}

const { file } = argumentOf<FanOutOptions>()
const everyMs = 5
const mostWaiting = 1_048_576
const readers = new Set<ServerResponse>()
const descriptor = openSync(file, 'r')
let offset = fstatSync(descriptor).size

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/octet-stream' })
  response.flushHeaders()
  readers.add(response)
  response.on('close', () => readers.delete(response))
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
setInterval(handOn, everyMs)
serveQuestions({}, () => closeSync(descriptor))
answer({ port: (server.address() as AddressInfo).port })

function handOn(): void {
  const { size } = fstatSync(descriptor)
  if (size <= offset) return
  const buffer = Buffer.allocUnsafe(size - offset)
  offset += readSync(descriptor, buffer, 0, buffer.length, offset)
  for (const reader of readers) {
    if (reader.writableLength > mostWaiting) reader.destroy()
    else reader.write(buffer)
  }
}
