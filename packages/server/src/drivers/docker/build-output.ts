/** What an engine says while it builds, as lines and as an end. */
import { DriverError } from '../../domain/driver.ts'

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

/** No line is longer: readers of the log are promised that. */
const longestLine = 60_000

export function createBuildOutput(say: (line: string) => void): BuildOutput {
  let rest = ''
  let imageId: string | undefined

  const sayLine = (line: string): void => {
    const text = line.replace(/\r$/, '')
    for (let at = 0; at === 0 || at < text.length; at += longestLine)
      say(text.slice(at, at + longestLine))
  }

  function flush(): void {
    if (rest !== '') sayLine(rest)
    rest = ''
  }

  return {
    take(message) {
      if (message.stream !== undefined) {
        const lines = (rest + message.stream).split('\n')
        rest = lines.pop() ?? ''
        lines.forEach(sayLine)
      }
      if (message.status !== undefined && !hasProgress(message)) sayLine(statusLine(message))
      if (isNamed(message.aux)) imageId = message.aux.ID.replace(/^sha256:/, '')
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

/** Bytes as they arrive are no news for a log. */
const hasProgress = ({ progressDetail }: BuildMessage): boolean =>
  progressDetail !== undefined && Object.keys(progressDetail).length > 0

const statusLine = ({ id, status = '' }: BuildMessage): string =>
  id === undefined || id.startsWith('moby.') ? status : `${id}: ${status}`

const isNamed = (aux: unknown): aux is { ID: string } =>
  typeof aux === 'object' && aux !== null && 'ID' in aux && typeof aux.ID === 'string'
