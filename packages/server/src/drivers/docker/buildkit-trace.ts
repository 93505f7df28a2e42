/**
 * What BuildKit says of its steps while it builds, as lines like those of `docker build --progress=plain`:
 * `#2 [2/3] RUN make`, `#2 what it prints`, `#2 DONE 1.2s`. Steps may run side by side.
 */
import { type LineBreaker, createLineBreaker } from './line-breaker.ts'
import { type Fields, fieldsOf } from './protobuf.ts'

export interface BuildkitTrace {
  /** Takes a message: BuildKit's `StatusResponse`, in base64. */
  take(encoded: string): void
  /** Says what is left of lines that were begun. */
  flush(): void
}

export function createBuildkitTrace(say: (line: string) => void): BuildkitTrace {
  const steps = new Map<string, Step>()

  function stepOf(digest: string): Step {
    const step = steps.get(digest) ?? createStep(steps.size + 1, say)
    steps.set(digest, step)
    return step
  }

  function takeAll(message: Fields): void {
    for (const vertex of message.all(response.vertexes).map(fieldsOf)) {
      if (hasBegun(vertex)) stepOf(vertex.text(vertexFields.digest)).see(vertex)
    }
    for (const status of message.all(response.statuses).map(fieldsOf))
      stepOf(status.text(statusFields.vertex)).seeStatus(status)
    for (const log of message.all(response.logs).map(fieldsOf))
      stepOf(log.text(logFields.vertex)).print(log)
  }

  return {
    take(encoded) {
      try {
        takeAll(fieldsOf(Buffer.from(encoded, 'base64')))
      } catch (error) {
        // An engine that tells its progress in another way builds all the same.
        if (!(error instanceof RangeError)) throw error
      }
    },
    flush() {
      for (const step of steps.values()) step.flush()
    },
  }
}

/** Numbers of fields, as BuildKit's `control.proto` has them. */
const response = { vertexes: 1, statuses: 2, logs: 3 } as const
const vertexFields = { digest: 1, name: 3, cached: 4, started: 5, completed: 6, error: 7 } as const
const statusFields = { id: 1, vertex: 2, total: 5, completed: 8 } as const
const logFields = { vertex: 1, stream: 3, text: 4 } as const
const timeFields = { seconds: 1, nanos: 2 } as const

/** All steps are announced at the beginning. */
const hasBegun = (vertex: Fields): boolean =>
  vertex.all(vertexFields.started).length > 0 || vertex.text(vertexFields.error) !== ''

interface Step {
  see(vertex: Fields): void
  seeStatus(status: Fields): void
  print(log: Fields): void
  flush(): void
}

/** Everything is told again with each change: each of its news is said once. */
function createStep(number: number, say: (line: string) => void): Step {
  const prefix = `#${number} `
  const news = new Set<string>()
  const outputs = new Map<number, Output>()

  function sayOnce(key: string, text: string): void {
    if (news.has(key)) return
    news.add(key)
    flush()
    createLineBreaker(say, prefix).take(`${text}\n`)
  }

  function outputOf(stream: number): Output {
    const output = outputs.get(stream) ?? {
      decoder: new TextDecoder(),
      lines: createLineBreaker(say, prefix),
    }
    outputs.set(stream, output)
    return output
  }

  function flush(): void {
    for (const { lines } of outputs.values()) lines.flush()
  }

  return {
    see(vertex) {
      const failure = vertex.text(vertexFields.error)
      sayOnce('begin', vertex.text(vertexFields.name))
      if (failure !== '') sayOnce('failure', `ERROR: ${failure}`)
      else if (vertex.all(vertexFields.completed).length > 0) sayOnce('end', endOf(vertex))
    },
    seeStatus(status) {
      const id = status.text(statusFields.id)
      if (status.all(statusFields.completed).length === 0) return
      sayOnce(`status ${id}`, `${id}${sizeIn(status)} done`)
    },
    print(log) {
      const { decoder, lines } = outputOf(log.integer(logFields.stream))
      for (const bytes of log.all(logFields.text))
        lines.take(decoder.decode(bytes, { stream: true }))
    },
    flush,
  }
}

interface Output {
  readonly decoder: TextDecoder
  readonly lines: LineBreaker
}

function endOf(vertex: Fields): string {
  if (vertex.integer(vertexFields.cached) === 1) return 'CACHED'
  const took = secondsIn(vertex, vertexFields.completed) - secondsIn(vertex, vertexFields.started)
  return `DONE ${Math.max(0, took).toFixed(1)}s`
}

function secondsIn(vertex: Fields, field: number): number {
  const time = vertex.all(field).at(-1)
  if (time === undefined) return 0
  const { integer } = fieldsOf(time)
  return integer(timeFields.seconds) + integer(timeFields.nanos) / 1e9
}

/** Of the layers of an image that is pulled. */
function sizeIn(status: Fields): string {
  const bytes = status.integer(statusFields.total)
  return bytes === 0 ? '' : ` ${(bytes / 1_048_576).toFixed(1)} MB`
}
