/** A player's look at a Teeworlds 0.7 server: the token handshake, then the question for its description. */
import { createSocket } from 'node:dgram'
import { randomBytes } from 'node:crypto'

export interface TeeworldsDescription {
  readonly version: string
  readonly name: string
  readonly map: string
  readonly players: number
}

const controlPacket = 0x04
const connectionlessPacket = 0x21
const tokenMessage = 5
/** Requests for a token are padded, so that the answer is never longer than the question. */
const tokenRequestBytes = 512
const noToken = Buffer.alloc(4, 0xff)
const askAgainMs = 500
const deadlineMs = 30_000

/** Rejects when no description came within 30 s. Datagrams may be lost, so each question is asked again. */
export async function askTeeworlds(port: number): Promise<TeeworldsDescription> {
  const socket = createSocket('udp4')
  const ours = randomBytes(4)
  const { promise, resolve, reject } = Promise.withResolvers<TeeworldsDescription>()
  const send = (packet: Buffer): void => socket.send(packet, port, '127.0.0.1')
  socket.on('error', reject)
  socket.on('message', (packet) => {
    const theirs = tokenIn(packet, ours)
    if (theirs !== undefined) send(descriptionRequest(theirs, ours))
    const description = descriptionIn(packet, ours)
    if (description !== undefined) resolve(description)
  })
  send(tokenRequest(ours))
  const again = setInterval(() => send(tokenRequest(ours)), askAgainMs)
  const late = setTimeout(
    () => reject(new Error(`no Teeworlds server answers on ${port}/udp`)),
    deadlineMs,
  )
  return await promise.finally(() => {
    clearInterval(again)
    clearTimeout(late)
    socket.close()
  })
}

const tokenRequest = (ours: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([controlPacket, 0, 0]),
    noToken,
    Buffer.from([tokenMessage]),
    ours,
    Buffer.alloc(tokenRequestBytes - ours.length),
  ])

/** The token that the server gave us; undefined where the packet is something else. */
function tokenIn(packet: Buffer, ours: Buffer): Buffer | undefined {
  const isToken = packet[0] === controlPacket && packet[7] === tokenMessage
  return isToken && packet.subarray(3, 7).equals(ours) ? packet.subarray(8, 12) : undefined
}

/** The last byte is a number of ours, which the answer repeats. */
const descriptionRequest = (theirs: Buffer, ours: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([connectionlessPacket]),
    theirs,
    ours,
    noToken,
    Buffer.from('gie3'),
    Buffer.from([1]),
  ])

function descriptionIn(packet: Buffer, ours: Buffer): TeeworldsDescription | undefined {
  if (packet[0] !== connectionlessPacket || !packet.subarray(1, 5).equals(ours)) return undefined
  if (packet.subarray(9, 17).toString('latin1') !== 'ÿÿÿÿinf3') return undefined
  const rest = packet.subarray(18).toString('latin1').split('\0')
  const [version = '', name = '', , map = '', , ...numbers] = rest
  // Flags, skill and the number of players follow as one byte each; a zero byte was taken for the end of a text.
  return { version, name, map, players: Buffer.from(numbers.join('\0'), 'latin1')[2] ?? -1 }
}
