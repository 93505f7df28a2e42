/** Ends answers that nobody reads: one who asks for a stream and takes nothing of it would hold it for ever. */
import type { Socket } from 'node:net'

/** What is needed of an answer that is a stream. */
export interface AnswerStream {
  readonly socket: Pick<Socket, 'writableLength' | 'destroy'> | null
  setTimeout(ms: number, onTimeout: () => void): unknown
}

/** A pause of a person is shorter: a pager is read on, a laptop wakes up. */
const patienceMs = 60_000

/**
 * Cuts the connection when something waits to be taken and nothing was for so long. Node calls back when nothing moved
 * on the connection, and again only after something did.
 */
export function cutWhenStalled(answer: AnswerStream, afterMs = patienceMs): void {
  answer.setTimeout(afterMs, () => {
    const { socket } = answer
    if (socket !== null && socket.writableLength > 0) socket.destroy()
  })
}
