/** Reads the form of server-sent events: fields in lines, an empty line behind each event. */
import { createLineSplitter } from './lines.ts'

export interface ServerSentEvent {
  /** Where to go on after it. */
  readonly id: string | undefined
  readonly event: string
  /** Undefined where it has none, and only says its id. */
  readonly data: string | undefined
}

export async function* serverSentEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void> {
  const lines = createLineSplitter()
  let fields = new Map<string, string>()
  for await (const chunk of chunks) {
    for (const line of lines.push(chunk)) {
      if (line !== '') {
        note(fields, line)
        continue
      }
      if (fields.has('id') || fields.has('data')) yield eventOf(fields)
      fields = new Map()
    }
  }
}

/** A line that begins with a colon is a comment; several lines of data are one text. */
function note(fields: Map<string, string>, line: string): void {
  const colon = line.indexOf(':')
  if (colon === 0) return
  const name = colon < 0 ? line : line.slice(0, colon)
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
  const before = name === 'data' ? fields.get(name) : undefined
  fields.set(name, before === undefined ? value : `${before}\n${value}`)
}

const eventOf = (fields: ReadonlyMap<string, string>): ServerSentEvent => ({
  id: fields.get('id'),
  event: fields.get('event') ?? 'message',
  data: fields.get('data'),
})
