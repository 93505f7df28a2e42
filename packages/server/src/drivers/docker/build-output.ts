/** What an engine says while it builds, with either of its builders, or pulls: as lines and as an end. */
import { DriverError } from '../../domain/driver.ts'
import { createBuildkitTrace } from './buildkit-trace.ts'
import { jsonLines } from './events.ts'
import { createLineBreaker } from './line-breaker.ts'

/** One message of the engine's stream. */
export interface BuildMessage {
  readonly stream?: string
  readonly status?: string
  readonly id?: string
  readonly progressDetail?: object
  readonly errorDetail?: { readonly message?: string }
  readonly error?: string
  readonly aux?: unknown
}

export interface BuildOutput {
  /** Takes a message; throws a DriverError with the engine's words when the build failed. */
  take(message: BuildMessage): void
  /** The image's id without `sha256:`. Throws when the engine named none. */
  end(): string
}

export function createBuildOutput(say: (line: string) => void): BuildOutput {
  const lines = createLineBreaker(say)
  const trace = createBuildkitTrace(say)
  let imageId: string | undefined

  function flush(): void {
    lines.flush()
    trace.flush()
  }

  return {
    take(message) {
      const { stream, aux } = message
      if (stream !== undefined) lines.take(withoutRed(stream))
      if (message.status !== undefined && !hasProgress(message))
        createLineBreaker(say).take(`${statusLine(message)}\n`)
      if (message.id === 'moby.buildkit.trace' && typeof aux === 'string') trace.take(aux)
      if (isNamed(aux)) imageId = aux.ID.replace(/^sha256:/, '')
      const failure = message.errorDetail?.message ?? message.error
      if (failure === undefined) return
      flush()
      throw new DriverError(failure.trim(), { temporary: false })
    },
    end() {
      flush()
      if (imageId !== undefined) return imageId
      throw new DriverError('the engine ended the build without an image', { temporary: false })
    },
  }
}

/** Takes all messages of an answer. An engine that leaves in their midst is a DriverError, too. */
export async function takeAll(
  answer: AsyncIterable<Buffer>,
  output: BuildOutput,
  engineUrl: string,
): Promise<void> {
  try {
    for await (const message of jsonLines(answer)) output.take(message as BuildMessage)
  } catch (error) {
    if (error instanceof DriverError) throw error
    throw new DriverError(
      `the Docker engine at ${engineUrl} was gone before the end: create another build`,
      { temporary: false, cause: error },
    )
  }
}

const red = '\u001b[91m'
const plain = '\u001b[0m'

/** The classic builder paints what a program says to stderr; its line break is inside. */
const withoutRed = (stream: string): string =>
  stream.startsWith(red) && stream.endsWith(plain)
    ? stream.slice(red.length, -plain.length)
    : stream

/** Bytes as they arrive are no news for a log. */
const hasProgress = ({ progressDetail }: BuildMessage): boolean =>
  progressDetail !== undefined && Object.keys(progressDetail).length > 0

const statusLine = ({ id, status = '' }: BuildMessage): string =>
  id === undefined || id.startsWith('moby.') ? status : `${id}: ${status}`

const isNamed = (aux: unknown): aux is { ID: string } =>
  typeof aux === 'object' && aux !== null && 'ID' in aux && typeof aux.ID === 'string'
