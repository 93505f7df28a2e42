/** A player who joins a Freeciv 3.0 server and leaves again: the join request and what the server says to it. */
import { connect } from 'node:net'
import { inflateSync } from 'node:zlib'

export interface FreecivReply {
  readonly mayJoin: boolean
  readonly message: string
}

const joinRequest = 4
const joinReply = 5
/** From this length on, a packet is a compressed bundle of packets; the real length is what is above it. */
const bundled = 16_385
/** This length says that a bundle's real length follows in four bytes. */
const longBundle = 65_535
const deadlineMs = 30_000

/** Joins under a name; rejects when the server did not answer within 30 s. */
export async function joinFreeciv(port: number, player: string): Promise<FreecivReply> {
  const socket = connect(port, '127.0.0.1')
  const { promise, resolve, reject } = Promise.withResolvers<FreecivReply>()
  let received = Buffer.alloc(0)
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes])
    const reply = replyIn(received)
    if (reply !== undefined) resolve(reply)
  })
  socket.on('error', reject)
  socket.on('close', () => reject(new Error(`the server on ${port}/tcp left before it replied`)))
  const late = setTimeout(
    () => reject(new Error(`no Freeciv server answers on ${port}/tcp`)),
    deadlineMs,
  )
  socket.write(joinPacket(player))
  return await promise.finally(() => {
    clearTimeout(late)
    socket.destroy()
  })
}

/** Length and type, then the player's name, what the client can do, and its version 3.0.6 in three numbers. */
function joinPacket(player: string): Buffer {
  const version = Buffer.alloc(12)
  version.writeUInt32BE(3, 0)
  version.writeUInt32BE(6, 8)
  const body = Buffer.concat([Buffer.from(`${player}\0+Freeciv-3.0-network\0\0`), version])
  const head = Buffer.alloc(3)
  head.writeUInt16BE(head.length + body.length)
  head.writeUInt8(joinRequest, 2)
  return Buffer.concat([head, body])
}

/** The reply among the packets that have come; undefined where it has not yet. */
function replyIn(bytes: Buffer): FreecivReply | undefined {
  const first = firstOf(bytes)
  if (first === undefined) return undefined
  const packets = first.isBundle ? inflateSync(first.body) : bytes
  for (let at = 0; at + 3 <= packets.length; at += Math.max(3, packets.readUInt16BE(at))) {
    if (packets[at + 2] !== joinReply) continue
    const [message = ''] = packets.toString('utf8', at + 4).split('\0')
    return { mayJoin: packets[at + 3] === 1, message }
  }
  return undefined
}

/** The first packet or bundle; undefined where it is not complete. */
function firstOf(bytes: Buffer): { isBundle: boolean; body: Buffer } | undefined {
  if (bytes.length < 6) return undefined
  const short = bytes.readUInt16BE(0)
  const isBundle = short >= bundled
  const isLong = short === longBundle
  const length = isLong ? bytes.readUInt32BE(2) : isBundle ? short - bundled : short
  return bytes.length < length
    ? undefined
    : { isBundle, body: bytes.subarray(isLong ? 6 : 2, length) }
}
