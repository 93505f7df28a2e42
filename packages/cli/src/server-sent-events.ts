/** Reads the form of server-sent events: fields in lines, an empty line after each event. */

export interface ServerSentEvent {
  readonly id: string | undefined
  /** `message` where none is named. */
  readonly event: string
  readonly data: string
}

/** Events without data, such as signs of life, are left out. */
export async function* readServerSentEvents(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream) {
    const blocks = (rest + decoder.decode(chunk, { stream: true }))
      .replaceAll('\r\n', '\n')
      .split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = eventOf(block)
      if (event.data !== '') yield event
    }
  }
}

function eventOf(block: string): ServerSentEvent {
  const fields = block.split('\n').flatMap((line) => {
    const [, name, value] = /^(\w+):? ?(.*)$/.exec(line) ?? []
    return name === undefined ? [] : [{ name, value: value ?? '' }]
  })
  const valuesOf = (wanted: string): string[] =>
    fields.filter(({ name }) => name === wanted).map(({ value }) => value)
  return {
    id: valuesOf('id').at(-1),
    event: valuesOf('event').at(-1) ?? 'message',
    data: valuesOf('data').join('\n'),
  }
}
