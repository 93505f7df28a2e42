/** Reads the event stream as it is on the line. */
import { onTestFinished } from 'vitest'

export interface Block {
  readonly id?: string
  readonly event?: string
  readonly data?: Record<string, unknown> | undefined
  readonly retry?: string
  readonly comment?: string
}

export interface EventStream {
  readonly answer: Response
  /** The next block. Rejects when the stream has ended. */
  next(): Promise<Block>
  /** The next that has data. */
  nextEvent(): Promise<Block>
  /** Resolves when the server has ended it. */
  ended(): Promise<void>
  leave(): Promise<void>
}

/** `query` with its question mark, or nothing. */
export async function eventStream(
  { url, token }: { url: string; token: string },
  query = '',
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const answer = await fetch(`${url}/hatchery/v1/events${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  })
  // A refusal is left for the test to read.
  const body = answer.ok ? answer.body : null
  const reader = (body ?? new ReadableStream<Uint8Array>()).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const leave = (): Promise<void> => reader.cancel().catch(() => undefined)
  onTestFinished(leave)

  async function next(): Promise<Block> {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        return blockOf(block)
      }
      const { done, value } = await reader.read()
      if (done) throw new Error('the stream has ended')
      text += decoder.decode(value, { stream: true })
    }
  }

  async function nextEvent(): Promise<Block> {
    for (;;) {
      const block = await next()
      if (block.data !== undefined) return block
    }
  }

  async function ended(): Promise<void> {
    while (!(await reader.read()).done);
  }

  return { answer, next, nextEvent, ended, leave }
}

function blockOf(text: string): Block {
  const fields = text.split('\n').map((line) => {
    const [, name = '', value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? /^(:)$/.exec(line) ?? []
    if (name === 'data') return ['data', JSON.parse(value) as unknown]
    return [name === '' || name === ':' ? 'comment' : name, value]
  })
  return Object.fromEntries(fields) as Block
}
